import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { isErrno, messageOf, readIfExists } from '../settings-data-dir.ts'
import { PostgresError } from './errors.ts'

interface Account {
  uid: number
  gid: number
}

/** How PostgreSQL's programs are started, and to whom its files must belong. */
export interface Launcher {
  spawn(file: string, args: readonly string[], options: Pick<SpawnOptions, 'stdio' | 'detached'>): ChildProcess
  /** `undefined`: whoever makes them owns them. */
  owner: Account | undefined
  /** Said to the operator where it is more than taking another user id. */
  remark: string | undefined
}

interface Way {
  prefix(account: Account): readonly string[]
  /** Whether the process takes the account's ids outside too, or remains root's in the eyes of the file system. */
  becomes: 'account' | 'root'
  remark?: string
}

// PostgreSQL asks access(2) whether its programs can be executed, and that looks at capabilities only with this bit.
const SET_IDS = ['--clear-groups', '--securebits', '+no_setuid_fixup,+no_setuid_fixup_locked']
const withCapability = (name: string): Way => ({
  prefix: ({ uid, gid }) => [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...SET_IDS],
    ...[`--inh-caps=-all,+${name}`, `--ambient-caps=+${name}`, `--bounding-set=-all,+${name}`],
  ],
  becomes: 'account',
  remark: `PostgreSQL runs with the capability ${name}, because other users cannot reach DATA_DIR or node_modules`,
})

/**
 * PostgreSQL refuses to run as root, so root starts it as somebody else. Below a closed directory such as /root that user
 * needs a right to pass: on real root the one to read, in a container often only the one to override; where no other user
 * exists at all, a namespace in which root has another number.
 */
const WAYS: readonly Way[] = [
  { prefix: () => [], becomes: 'account' },
  withCapability('dac_read_search'),
  withCapability('dac_override'),
  {
    prefix: ({ uid, gid }) => ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`],
    becomes: 'root',
    remark: 'PostgreSQL runs in a user namespace, because root cannot become another user here',
  },
]

/** Fixed, so that nothing of the environment (PGPORT, locale) reaches PostgreSQL. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/**
 * Finds the way to start PostgreSQL that works on this machine, by trying. Anybody but root just starts it.
 * @param cluster where the data is or will be, directly below `DATA_DIR`.
 * @throws {PostgresError} where nothing works.
 */
export async function findLauncher(postgres: string, cluster: string): Promise<Launcher> {
  if (process.getuid?.() !== 0) {
    const failure = await tryOut(launcherFor(undefined, undefined), postgres, dirname(cluster))
    if (failure === undefined) return launcherFor(undefined, undefined)
    throw new PostgresError(`PostgreSQL cannot be run on this machine (${failure}): set DATABASE_URL instead.`)
  }
  const account = await accountFor(cluster)
  const failures: string[] = []
  for (const way of WAYS) {
    const launcher = launcherFor(way, account)
    const failure = await tryOut(launcher, postgres, dirname(cluster))
    if (failure === undefined) return launcher
    failures.push(failure)
  }
  throw new PostgresError(
    `PostgreSQL refuses to run as root and no other user can run it here (${failures[0]}): start Tessera as an ordinary user, move it and DATA_DIR to where every user may pass, or set DATABASE_URL.`,
  )
}

function launcherFor(way: Way | undefined, account: Account | undefined): Launcher {
  const prefix = way !== undefined && account !== undefined ? way.prefix(account) : []
  // Where a prefix names no program of its own, Node changes the ids.
  const ids = account !== undefined && prefix.length === 0 ? account : {}
  return {
    spawn(file, args, options) {
      const [program = file, ...rest] = [...prefix, file, ...args]
      return spawn(program, rest, { ...options, ...ids, cwd: '/', env: ENVIRONMENT })
    },
    owner: way?.becomes === 'root' ? { uid: 0, gid: 0 } : account,
    remark: way?.remark,
  }
}

/** What went wrong when the program was run and `directory` entered, or `undefined`. */
async function tryOut(launcher: Launcher, postgres: string, directory: string): Promise<string | undefined> {
  const script = 'cd "$0" && exec "$1" --version'
  try {
    const child = launcher.spawn('/bin/sh', ['-c', script, directory, postgres], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [[code], complaint] = await Promise.all([
      once(child, 'close'),
      child.stderr === null ? '' : text(child.stderr),
    ])
    return code === 0 ? undefined : complaint.trim() || `exit code ${code}`
  } catch (error) {
    return messageOf(error)
  }
}

/**
 * Who PostgreSQL is for root: the owner of the data, or of the directory it goes to, so that whoever starts Tessera now
 * with sudo and now without meets their own files; where that is root too, an account for such things.
 */
async function accountFor(cluster: string): Promise<Account> {
  const data = await ownerOf(cluster)
  if (data !== undefined && data.uid !== 0) return data
  const known = await accounts()
  const home = await ownerOf(dirname(cluster))
  if (home !== undefined && home.uid !== 0 && known.some(({ uid }) => uid === home.uid)) return home
  for (const name of ['tessera', 'postgres', 'nobody']) {
    const account = known.find((candidate) => candidate.name === name)
    if (account !== undefined) return account
  }
  throw new PostgresError(
    'PostgreSQL refuses to run as root, and /etc/passwd has neither tessera, postgres nor nobody: add one of them, start Tessera as an ordinary user, or set DATABASE_URL.',
  )
}

async function ownerOf(path: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

async function accounts(): Promise<(Account & { name: string })[]> {
  const passwd = (await readIfExists('/etc/passwd')) ?? ''
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && !fields[0]?.startsWith('#'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
}
