import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrations/index.ts'
import { startPostgres } from '../src/platform/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the database that every test file clones. */
    templateUrl: string
  }
}

export const MIGRATIONS = resolve(import.meta.dirname, '../migrations')

/** One real PostgreSQL for the whole run, with one migrated database to clone. It may forget: it lives for minutes. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-test-'))
  const log = createLog('warn')
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  const postgres = await startPostgres({ dataDir, log, settings })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await migrate(client, { dir: MIGRATIONS, log })
  await client.end()
  await runMigrations({ connectionString: postgres.url })
  project.provide('templateUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
