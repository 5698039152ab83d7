import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Cluster } from './cluster.ts'
import { PostgresError } from './errors.ts'
import { clearTheWay } from './orphan.ts'

export type PostgresLog = Pick<Logger, 'debug' | 'info' | 'warn'>

export interface Postmaster {
  port: number
  /** Ends the server in good order: sessions are cut, everything is on disk. Idempotent. */
  stop(): Promise<void>
  /** Resolves, never rejects, when the server ended without {@link stop}. */
  died: Promise<PostgresError>
}

const ATTEMPTS = 25
const READY_WITHIN_MS = 120_000
const STOPPED_WITHIN_MS = 30_000

/** Losses that another attempt makes good: the port was taken meanwhile, or the last run is still on its way out. */
const PASSING = /Address already in use|pre-existing shared memory block|lock file "postmaster.pid" already exists/

/**
 * Starts the server on a free port of 127.0.0.1 and waits until it takes connections.
 * @throws {PostgresError} where it does not start.
 */
export async function startPostmaster(cluster: Cluster, configFile: string, log: PostgresLog): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    await clearTheWay(cluster.directory, log)
    const port = await freePort()
    const server = watch(spawnServer(cluster, configFile, port), log)
    if (await server.ready) return supervise(server, port)
    const complaint = server.complaints.join('; ')
    if (!PASSING.test(complaint) || attempt === ATTEMPTS) {
      throw new PostgresError(`PostgreSQL does not start: ${complaint || 'it gave no reason within two minutes'}.`)
    }
    await delay(200)
  }
}

interface Server {
  child: ChildProcess
  /** Whether it came up; false once it is gone. */
  ready: Promise<boolean>
  /** Why it did not. */
  complaints: string[]
  stopping: boolean
}

function watch(child: ChildProcess, log: PostgresLog): Server {
  const { promise: ready, resolve } = Promise.withResolvers<boolean>()
  const server: Server = { child, ready, complaints: [], stopping: false }
  const patience = setTimeout(() => child.kill('SIGQUIT'), READY_WITHIN_MS)
  let up = false
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      report(line, server.stopping, log)
      if (up) return
      server.complaints.push(...complaintIn(line))
      up = line.includes('database system is ready to accept connections')
      if (up) resolve(true)
    })
  }
  child.once('close', () => resolve(false))
  ready.finally(() => clearTimeout(patience))
  return server
}

/** In a session of its own, so that Ctrl-C at the terminal reaches Tessera alone, which then ends PostgreSQL in order. */
function spawnServer({ binaries, directory, launcher }: Cluster, configFile: string, port: number): ChildProcess {
  const settings = {
    config_file: configFile,
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'off',
  }
  return launcher.spawn(
    binaries.postgres,
    ['-D', directory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
}

function supervise(server: Server, port: number): Postmaster {
  const { child } = server
  const gone = once(child, 'exit')
  const interrupt = () => child.kill('SIGINT')
  process.once('exit', interrupt)

  async function stop(): Promise<void> {
    server.stopping = true
    child.kill('SIGINT')
    const hurry = setTimeout(() => child.kill('SIGQUIT'), STOPPED_WITHIN_MS)
    await gone
    clearTimeout(hurry)
  }

  let stopped: Promise<void> | undefined
  return {
    port,
    stop() {
      stopped ??= stop()
      return stopped
    },
    died: gone.then(([code, signal]) => {
      process.off('exit', interrupt)
      const died = new PostgresError(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}).`)
      return server.stopping ? new Promise(() => {}) : died
    }),
  }
}

function complaintIn(line: string): string[] {
  const [, complaint] = /(?:FATAL|PANIC|could not bind.*):\s+(.*)/.exec(line) ?? []
  return complaint === undefined ? [] : [complaint]
}

/**
 * PostgreSQL's own lines among ours. What it says in passing is for debugging; so are the errors of statements, which
 * whoever sent the statement hears of, and the farewells when it is stopped.
 */
function report(line: string, stopping: boolean, log: PostgresLog): void {
  const worrying = /\b(WARNING|FATAL|PANIC):/.test(line) && !stopping
  log[worrying ? 'warn' : 'debug'](`PostgreSQL: ${line}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new PostgresError('There is no free port on 127.0.0.1.')
  return address.port
}
