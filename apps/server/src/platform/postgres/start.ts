import { realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { makeDataDir, messageOf, readIfExists } from '../settings-data-dir.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, passwordFile, prepareCluster, refuseForeign, SUPERUSER } from './cluster.ts'
import { configurationFile } from './configuration.ts'
import { DataDirInUse, PostgresError } from './errors.ts'
import { findLauncher } from './launcher.ts'
import { claim } from './lock.ts'
import { clearTheWay, readNote } from './orphan.ts'
import { type PostgresLog, startPostmaster } from './postmaster.ts'

export interface StartOptions {
  dataDir: string
  log: PostgresLog
  /** PostgreSQL's own settings, above ours: tests turn `fsync` off. */
  settings?: Readonly<Record<string, string>>
}

export interface RunningPostgres {
  /** Of the database `tessera`, as its superuser, password included. */
  url: string
  /** Ends the server in good order and gives `DATA_DIR` back; idempotent. */
  stop(): Promise<void>
  /** Resolves, never rejects, when the server ended though nobody asked it to. */
  died: Promise<PostgresError>
}

const DATABASE = 'tessera'
const JOIN_WITHIN_MS = 10_000

/**
 * Starts the embedded PostgreSQL on `dataDir`, which is made and initialised where needed, and recovers from whatever the
 * last run left behind.
 * @throws {DataDirInUse} where it is running already.
 * @throws {PostgresError} where it cannot run.
 */
export async function startPostgres({ dataDir, log, settings = {} }: StartOptions): Promise<RunningPostgres> {
  await makeDataDir(dataDir)
  const home = await realpath(dataDir)
  const release = claim(home)
  try {
    const cluster = await clusterIn(home, log)
    await clearTheWay(cluster.directory, log)
    const password = await prepareCluster(cluster, log)
    const configFile = await writeConfiguration(cluster.directory, settings)
    const postmaster = await startPostmaster(cluster, configFile, log)
    const url = urlOf(postmaster.port, password)
    await ensureDatabase(url).catch(async (error: unknown) => {
      await postmaster.stop()
      throw error
    })
    return { url, stop: () => postmaster.stop().finally(release), died: postmaster.died }
  } catch (error) {
    release()
    throw error
  }
}

/**
 * For a command beside the server: the embedded PostgreSQL that already runs on `dataDir`, or one started for as long as the
 * command takes. `stop` ends only what was started here.
 * @throws {PostgresError} where there is neither.
 */
export async function openPostgres(options: StartOptions): Promise<RunningPostgres> {
  try {
    return await startPostgres(options)
  } catch (error) {
    if (!(error instanceof DataDirInUse)) throw error
    const url = await urlOfRunning(join(await realpath(options.dataDir), 'postgres'))
    return { url, stop: () => Promise.resolve(), died: new Promise(() => {}) }
  }
}

async function clusterIn(home: string, log: PostgresLog): Promise<Cluster> {
  const binaries = findBinaries()
  const directory = join(home, 'postgres')
  const launcher = await findLauncher(binaries.postgres, directory)
  if (launcher.remark !== undefined) log.info(launcher.remark)
  const cluster = { directory, binaries, launcher }
  await refuseForeign(cluster)
  return cluster
}

/** Beside the data and not in it: root must not write where PostgreSQL, as another user, could plant a link. */
async function writeConfiguration(cluster: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const path = `${cluster}.conf`
  await rm(`${path}.new`, { force: true })
  await writeFile(`${path}.new`, configurationFile(cluster, settings), { mode: 0o644, flag: 'wx' })
  await rename(`${path}.new`, path)
  return path
}

function urlOf(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`
}

async function ensureDatabase(url: string): Promise<void> {
  const maintenance = url.replace(new RegExp(`/${DATABASE}$`), '/postgres')
  const found = await run(maintenance, `select 1 from pg_database where datname = '${DATABASE}'`)
  if (found === 0) await run(maintenance, `create database ${DATABASE}`)
}

/** Runs one statement on a connection of its own and returns how many rows it gave. */
async function run(url: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera start' })
  await client.connect()
  try {
    return (await client.query(statement)).rows.length
  } finally {
    await client.end()
  }
}

/** The address of the server another process runs, waiting for it while that process is still starting it. */
async function urlOfRunning(cluster: string): Promise<string> {
  const deadline = Date.now() + JOIN_WITHIN_MS
  let obstacle = 'it has not come up'
  while (Date.now() < deadline) {
    const note = await readNote(cluster)
    const password = (await readIfExists(passwordFile(cluster)))?.trim()
    if (note?.ready && password !== undefined) {
      const url = urlOf(note.port, password)
      try {
        await run(url, 'select 1')
        return url
      } catch (error) {
        obstacle = messageOf(error)
      }
    }
    await delay(50)
  }
  throw new PostgresError(`Another process runs PostgreSQL on ${cluster}, but it cannot be reached: ${obstacle}.`)
}
