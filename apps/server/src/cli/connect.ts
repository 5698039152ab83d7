import pg from 'pg'
import { pino } from 'pino'
import { systemClock } from '../platform/clock.ts'
import { type Db, openPool } from '../platform/db/index.ts'
import type { Logger } from '../platform/log.ts'
import { migrationStatus } from '../platform/migrations/index.ts'
import { openPostgres } from '../platform/postgres/index.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { messageOf } from '../platform/settings-data-dir.ts'
import { OperatorError } from '../platform/settings-errors.ts'
import { openSignals } from '../platform/signals.ts'
import { MIGRATIONS } from '../prepare-database.ts'

export interface Connection {
  settings: Settings
  url: string
  client: pg.Client
  log: Logger
}

/**
 * Runs `work` on a session of the schema's owner: beside a running server on the database it uses, or on one started
 * for as long as this takes.
 */
export async function withConnection<T>(env: NodeJS.ProcessEnv, work: (connection: Connection) => Promise<T>) {
  const settings = readSettings(env)
  // Standard output belongs to the result.
  const log = pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }))
  const postgres =
    settings.databaseUrl === undefined
      ? await openPostgres({ dataDir: settings.dataDir, log })
      : { url: settings.databaseUrl, stop: async () => undefined }
  try {
    const client = await connected(postgres.url)
    try {
      return await work({ settings, url: postgres.url, client, log })
    } finally {
      await client.end()
    }
  } finally {
    await postgres.stop()
  }
}

interface OpenDatabase extends Connection {
  database: Db
}

/** Like `withConnection`, with what commands of the features need. Refuses a database that is not as this release made it. */
export function withDatabase<T>(env: NodeJS.ProcessEnv, work: (open: OpenDatabase) => Promise<T>): Promise<T> {
  return withConnection(env, async (connection) => {
    const { client, url, log } = connection
    const behind = (await migrationStatus(client, { dir: MIGRATIONS })).find(({ state }) => state !== 'applied')
    if (behind) {
      throw new OperatorError(
        `The database is not up to date (${behind.name} is ${behind.state}): run tessera migrate.`,
      )
    }
    const database: Db = {
      app: openPool({ url, role: 'tessera_app', max: 2, log }),
      system: openPool({ url, role: 'tessera_system', max: 2, log }),
      clock: systemClock,
      signals: await openSignals(url, log),
    }
    try {
      return await work({ ...connection, database })
    } finally {
      await Promise.all([database.app.end(), database.system.end(), database.signals.close()])
    }
  })
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tessera cli',
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new OperatorError(`The database cannot be reached: ${messageOf(error)}.`)
  }
}
