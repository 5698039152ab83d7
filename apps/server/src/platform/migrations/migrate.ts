import pg, { type ClientBase } from 'pg'
import type { Logger } from 'pino'
import { MigrationError } from './errors.ts'
import { type Migration, type Part, readMigrations } from './files.ts'
import { type AppliedMigration, forget, prepareHistory, readHistory, remember } from './history.ts'

export interface MigrateOptions {
  /** The directory of the `0001_….sql` files. */
  dir: string
  log: Pick<Logger, 'info'>
}

export interface MigrationStatus {
  number: number
  name: string
  /** `changed`: the file is not what was applied. `unknown`: applied, but not part of this release. */
  state: 'applied' | 'pending' | 'changed' | 'unknown'
  applied_at: string | null
}

const OLDEST = 15
const LOCK = "hashtext('tessera migrations')"
const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Applies what is pending, each migration in a transaction of its own. Of several that are called at the same moment one does
 * the work and the others find it done. Needs one session for itself, as the owner of the schema, superuser or not.
 * @throws {MigrationError} where the database is too old, newer than this release, altered, or a migration fails.
 */
export async function migrate(client: ClientBase, { dir, log }: MigrateOptions): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(dir)
  await requireVersion(client)
  return alone(client, log, async () => {
    const pending = pendingAfter(await readHistory(client), migrations)
    if (pending.length > 0) await explained(prepareHistory(client), 'The table of migrations cannot be made')
    for (const migration of pending) {
      log.info(`Applying migration ${migration.name}`)
      await inTransaction(client, async () => {
        await runPart(client, migration.name, migration.up)
        await remember(client, migration)
      })
    }
    return { applied: pending.map(({ name }) => name) }
  })
}

/**
 * Takes the newest migration back.
 * @returns its name, or `null` where none was applied.
 * @throws {MigrationError} where there is no way back, with the migration's own reason.
 */
export async function migrateDown(
  client: ClientBase,
  { dir, log }: MigrateOptions,
): Promise<{ reverted: string | null }> {
  const migrations = await readMigrations(dir)
  return alone(client, log, async () => {
    const history = await readHistory(client)
    pendingAfter(history, migrations)
    const last = migrations[history.length - 1]
    if (last === undefined) return { reverted: null }
    const { down } = last
    if ('irreversible' in down) throw new MigrationError(`${last.name} cannot be taken back: ${down.irreversible}`)
    log.info(`Taking back migration ${last.name}`)
    await inTransaction(client, async () => {
      await runPart(client, last.name, down)
      await forget(client, last.number)
    })
    return { reverted: last.name }
  })
}

/** What is applied, pending, changed or unknown, in order; changes nothing. */
export async function migrationStatus(
  client: ClientBase,
  { dir }: Pick<MigrateOptions, 'dir'>,
): Promise<MigrationStatus[]> {
  const migrations = await readMigrations(dir)
  const history = await readHistory(client)
  const length = Math.max(migrations.length, history.at(-1)?.number ?? 0)
  return Array.from({ length }, (_, index) => index + 1).flatMap((number): MigrationStatus[] => {
    const file = migrations.find((migration) => migration.number === number)
    const applied = history.find((row) => row.number === number)
    if (applied === undefined) {
      return file === undefined ? [] : [{ number, name: file.name, state: 'pending', applied_at: null }]
    }
    const state = file === undefined ? 'unknown' : file.checksum === applied.checksum ? 'applied' : 'changed'
    return [{ number, name: applied.name, state, applied_at: applied.applied_at }]
  })
}

/** What is to be done after `history`, which must be the beginning of what the files say, unchanged. */
function pendingAfter(history: readonly AppliedMigration[], migrations: readonly Migration[]): Migration[] {
  history.forEach((applied, index) => {
    const file = migrations[index]
    if (file === undefined || file.number !== applied.number) {
      throw new MigrationError(
        `The database is newer than this release, which does not know its migration ${applied.name}: start the release that applied it.`,
      )
    }
    if (file.checksum !== applied.checksum) {
      throw new MigrationError(
        `Migration ${file.name} was changed after it was applied to this database: restore the file as it was, and put the change into a new migration.`,
      )
    }
  })
  return migrations.slice(history.length)
}

async function requireVersion(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as name",
  )
  const complaint = complaintAboutVersion(Number(rows[0]?.number), rows[0]?.name ?? 'unknown')
  if (complaint !== undefined) throw new MigrationError(complaint)
}

/** @param number as `server_version_num` gives it: 150004 is 15.4. */
export function complaintAboutVersion(number: number, name: string): string | undefined {
  if (number >= OLDEST * 10_000) return undefined
  return `Tessera needs PostgreSQL ${OLDEST} or newer, but the server at DATABASE_URL is ${name}: upgrade it, or unset DATABASE_URL to use the embedded one.`
}

/** Runs `work` while no other node migrates this database. */
async function alone<T>(client: ClientBase, log: Pick<Logger, 'info'>, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query(`select pg_try_advisory_lock(${LOCK}) as free`)
  if (rows[0]?.free !== true) {
    log.info('Waiting for another process that migrates this database')
    await client.query(`select pg_advisory_lock(${LOCK})`)
  }
  try {
    return await work()
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`)
  }
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function runPart(client: ClientBase, name: string, { sql, line }: Part): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const place = error.position === undefined ? '' : ` at line ${line + newlinesBefore(sql, Number(error.position))}`
    throw new MigrationError(`Migration ${name} failed${place} and changed nothing: ${error.message}.`, {
      cause: error,
    })
  }
}

function newlinesBefore(sql: string, position: number): number {
  // PostgreSQL counts characters, a JavaScript string UTF-16 units.
  return Array.from(sql)
    .slice(0, position - 1)
    .filter((character) => character === '\n').length
}

async function explained(work: Promise<void>, failure: string): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error
    throw new MigrationError(
      `${failure} (${error.message}): make the user of DATABASE_URL the owner of the database.`,
      {
        cause: error,
      },
    )
  }
}
