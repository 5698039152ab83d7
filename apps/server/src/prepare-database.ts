import { resolve } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from './platform/log.ts'
import { migrate } from './platform/migrations/index.ts'
import { OperatorError } from './platform/settings-errors.ts'

export const MIGRATIONS = resolve(import.meta.dirname, '../migrations')

/** Brings a database to the present schema, the job queue's included; nodes that start at once do it once. */
export async function prepareDatabase(url: string, log: Logger): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tessera migrate',
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(url, error)
  }
  try {
    await migrate(client, { dir: MIGRATIONS, log })
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', ['graphile-worker migrations'])
    await runMigrations({ connectionString: url })
  } finally {
    await client.end()
  }
}

function unreachable(url: string, error: unknown): OperatorError {
  const { hostname, port, pathname } = new URL(url)
  const where = `${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port || 5432}`
  const why = error instanceof AggregateError ? error.errors.map(String).join(', ') : String(error)
  return new OperatorError(`The database ${where} cannot be reached; check DATABASE_URL and that it runs. ${why}`, {
    cause: error,
  })
}
