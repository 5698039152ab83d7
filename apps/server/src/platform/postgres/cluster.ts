import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, lchown, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Logger } from 'pino'
import { isErrno, readIfExists } from '../settings-data-dir.ts'
import type { Binaries } from './binaries.ts'
import { PostgresError } from './errors.ts'
import type { Launcher } from './launcher.ts'

export const SUPERUSER = 'tessera'
const VERSION = '18'

export interface Cluster {
  /** The data of PostgreSQL, an absolute path without symbolic links. */
  directory: string
  binaries: Binaries
  launcher: Launcher
}

export function passwordFile(cluster: string): string {
  return `${cluster}.password`
}

/**
 * Makes sure that there is a whole cluster which PostgreSQL may use, and returns the password of its superuser.
 * @throws {PostgresError} where the data is of another version, or somebody else's.
 */
export async function prepareCluster(cluster: Cluster, log: Pick<Logger, 'info' | 'warn'>): Promise<string> {
  await removeDrafts(cluster.directory)
  if ((await ownerOf(join(cluster.directory, 'global/pg_control'))) === undefined) {
    await setAside(cluster.directory, log)
    return initialise(cluster, log)
  }
  const version = (await readIfExists(join(cluster.directory, 'PG_VERSION')))?.trim()
  if (version !== VERSION) {
    throw new PostgresError(
      `${cluster.directory} is of PostgreSQL ${version}, but this release brings ${VERSION}: start the release that made it, run \`tessera backup\`, and restore that here.`,
    )
  }
  await ensureOwner(cluster)
  return (await readIfExists(passwordFile(cluster.directory)))?.trim() ?? replacePassword(cluster, log)
}

/** Initialises beside the place and moves the result there: what is in the place is always whole. */
async function initialise({ directory, binaries, launcher }: Cluster, log: Pick<Logger, 'info'>): Promise<string> {
  log.info('Preparing the database for the first start')
  const draft = `${directory}.new-${randomBytes(4).toString('hex')}`
  const data = join(draft, 'data')
  const passwordDraft = join(draft, 'password')
  const password = newPassword()
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordDraft, password, { mode: 0o600 })
  if (launcher.owner !== undefined) {
    const { uid, gid } = launcher.owner
    await Promise.all([draft, passwordDraft].map((path) => chown(path, uid, gid)))
  }
  const child = launcher.spawn(
    binaries.initdb,
    [
      ...[`--pgdata=${data}`, `--username=${SUPERUSER}`, `--pwfile=${passwordDraft}`, '--auth=scram-sha-256'],
      // The same order and the same case rules on every machine, today and after each upgrade of its libraries.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const [[code], complaint] = await Promise.all([once(child, 'close'), child.stderr === null ? '' : text(child.stderr)])
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true })
    throw new PostgresError(`The database could not be prepared: ${complaint.trim() || `initdb ended with ${code}`}.`)
  }
  await keepPassword(directory, password)
  await rename(data, directory)
  await syncDirectory(dirname(directory))
  await rm(draft, { recursive: true })
  return password
}

/** Removes what a start left behind that was killed while it initialised; its initdb may still be dying. */
async function removeDrafts(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.new-`
  for (const name of await readdir(dirname(directory))) {
    if (name.startsWith(prefix)) {
      const path = join(dirname(directory), name)
      await rm(path, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 })
    }
  }
}

/** Something is in the place that is no cluster: nothing of ours, so it is kept under another name. */
async function setAside(directory: string, log: Pick<Logger, 'warn'>): Promise<void> {
  const aside = `${directory}.incomplete-${Date.now()}`
  try {
    await rename(directory, aside)
    log.warn(`${directory} was not a whole PostgreSQL cluster and is now ${aside}`)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}

/**
 * @throws {PostgresError} where the data belongs to somebody whose files we cannot use.
 */
export async function refuseForeign({ directory, launcher }: Cluster): Promise<void> {
  const uid = await ownerOf(directory)
  if (launcher.owner === undefined && uid !== undefined && uid !== process.getuid?.()) {
    throw new PostgresError(
      `${directory} belongs to the user with id ${uid}: start Tessera as that user or as root, or give it away with \`chown -R\`.`,
    )
  }
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** Gives the files to the user PostgreSQL runs as, and closes them to everybody else as PostgreSQL insists. */
async function ensureOwner({ directory, launcher: { owner } }: Cluster): Promise<void> {
  const { uid, mode } = await stat(directory)
  if (owner !== undefined && owner.uid !== uid) {
    for (const path of await readdir(directory, { recursive: true })) {
      await lchown(join(directory, path), owner.uid, owner.gid)
    }
    await lchown(directory, owner.uid, owner.gid)
  }
  if ((mode & 0o027) !== 0) await chmod(directory, 0o700)
}

/** The password was lost, the data was not: whoever may start the server alone may also set a new one. */
async function replacePassword({ directory, binaries, launcher }: Cluster, log: Pick<Logger, 'warn'>): Promise<string> {
  const password = newPassword()
  const child = launcher.spawn(binaries.postgres, ['--single', '-D', directory, 'postgres'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  child.stdin?.end(`alter role ${SUPERUSER} password '${password}'\n`)
  const [[code], complaint] = await Promise.all([once(child, 'close'), child.stderr === null ? '' : text(child.stderr)])
  if (code !== 0 || complaint.includes('ERROR:')) {
    throw new PostgresError(
      `${passwordFile(directory)} is missing and no new password could be set (${complaint.trim()}): restore it from a backup.`,
    )
  }
  await keepPassword(directory, password)
  log.warn(`${passwordFile(directory)} was missing; the database has a new password`)
  return password
}

function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

async function keepPassword(directory: string, password: string): Promise<void> {
  const path = passwordFile(directory)
  await rm(`${path}.new`, { force: true })
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await rename(`${path}.new`, path)
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
