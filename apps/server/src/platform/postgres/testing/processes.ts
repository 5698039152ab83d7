import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { readNote } from '../orphan.ts'

export const PROJECT = join(import.meta.dirname, '../../../../../..')
const PROGRAM = 'apps/server/src/platform/postgres/testing/serve-until-told.ts'

export interface Run {
  child: ChildProcess
  /** The address, or `undefined` where the program ended without printing one. */
  url: Promise<string | undefined>
  ended: Promise<{ code: number | null; complaint: string }>
}

export interface RunOptions {
  /** A program that runs Node, with its arguments. */
  through?: readonly string[]
  /** Where the project is found. */
  project?: string
  uid?: number
}

/** Runs the program on `dataDir` as a process group of its own, which is gone when the test is over. */
export function run(dataDir: string, { through = [], project = PROJECT, uid }: RunOptions = {}): Run {
  const [file = '', ...args] = [...through, process.execPath, join(project, PROGRAM), dataDir]
  const ids = uid === undefined ? {} : { uid, gid: uid }
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...ids })
  const complaint = text(child.stderr)
  const closed = once(child, 'close')
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await closed
  })
  return {
    child,
    url: Promise.race([
      once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)),
      closed.then(() => undefined),
    ]),
    ended: closed.then(async ([code]) => ({ code, complaint: await complaint })),
  }
}

/** Kills the process as a loss of power would, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** A directory for one test; whatever server is left on it is ended with the test. */
export async function temporaryDataDir(parent = tmpdir()): Promise<string> {
  const directory = await mkdtemp(join(parent, 'tessera-postgres-'))
  onTestFinished(async () => {
    const pid = await serverPid(directory)
    if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGQUIT')
    await rm(directory, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 })
  })
  return directory
}

export async function serverPid(dataDir: string): Promise<number | undefined> {
  return (await readNote(join(dataDir, 'postgres')))?.pid
}

/** Whether the process runs; one that ended and waits to be collected does not. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout !== '' && !stdout.startsWith('Z')
}

/** The rows of one statement. */
export async function query(url: string | undefined, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
