import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readFile, readlink, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import { isErrno, readIfExists } from '../settings-data-dir.ts'
import { PostgresError } from './errors.ts'

const PATIENCE_MS = 5000

/** What a server writes about itself into `postmaster.pid`. */
export interface ServerNote {
  pid: number
  port: number
  ready: boolean
}

export async function readNote(cluster: string): Promise<ServerNote | undefined> {
  const lines = (await readIfExists(join(cluster, 'postmaster.pid')))?.split('\n')
  if (lines === undefined) return undefined
  return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * Ends the server that an earlier run left behind, and keeps a note from blocking the start whose process id has since
 * gone to another program. A note of a process that is no more is PostgreSQL's own business. Call it only under the claim on
 * `DATA_DIR`, which proves that no living Tessera uses the server.
 * @throws {PostgresError} where the server does not end.
 */
export async function clearTheWay(cluster: string, log: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  const note = await readNote(cluster)
  if (note === undefined || !isAlive(note.pid) || note.pid === process.pid) return
  if (await isServerOf(note.pid, cluster)) {
    log.info('Stopping the PostgreSQL that an earlier run left behind')
    await end(note.pid, cluster)
  } else {
    log.info(`Process ${note.pid} is not the PostgreSQL that postmaster.pid remembers; going on`)
    await disown(cluster)
  }
}

async function end(pid: number, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalIfAlive(pid, signal)
    const deadline = Date.now() + PATIENCE_MS
    while (Date.now() < deadline) {
      // A server whose parent does not collect it stays visible as a process, but has taken its note away.
      if (!isAlive(pid) || (await readNote(cluster))?.pid !== pid) return
      await delay(20)
    }
  }
  throw new PostgresError(
    `The PostgreSQL of an earlier run (process ${pid}) does not stop: end it with \`kill -QUIT ${pid}\`.`,
  )
}

/**
 * Puts our own process id into the note. PostgreSQL takes a note of its parent for a stale one and goes on to ask whether
 * the old server's shared memory is still in use; without the note it would not ask.
 */
async function disown(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  const { uid, gid } = await stat(path)
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n')
  await writeFile(draft, [process.pid, ...rest].join('\n'), { mode: 0o600, flag: 'wx' })
  await chown(draft, uid, gid)
  await rename(draft, path)
}

function isAlive(pid: number): boolean {
  return Number.isSafeInteger(pid) && pid > 0 && signalIfAlive(pid, 0)
}

function signalIfAlive(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false
    if (isErrno(error, 'EPERM')) return true
    throw error
  }
}

/** Whether the process works in the cluster (which a server does from its first moment) or was told to. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return (await commandOf(pid)).includes(`-D ${cluster} `)
  const [directory, command] = await Promise.all([
    readable(() => readlink(`/proc/${pid}/cwd`)),
    readable(() => readFile(`/proc/${pid}/cmdline`, 'utf8')),
  ])
  return directory === cluster || command?.includes(`\0-D\0${cluster}\0`) === true
}

async function commandOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'command=', '-p', String(pid)])
  return stdout
}

/** What the kernel tells about a process, or `undefined` where it is gone or closed to us. */
async function readable(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return undefined
    throw error
  }
}
