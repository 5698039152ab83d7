import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { startPostgres } from '../postgres/index.ts'
import { OperatorError } from '../settings-errors.ts'
import { type Rehearsal, rehearseMigrations } from './rehearse.ts'

/** A program for the gate: rehearses the migrations on a server of its own, and ends with code 1 where they fail. */
const dir = resolve(import.meta.dirname, '../../../migrations')
const log = pino({ level: 'silent' })

async function rehearseOn(url: string): Promise<Rehearsal> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await rehearseMigrations(client, { dir, log })
  } finally {
    await client.end()
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'tessera-rehearsal-'))
try {
  const postgres = await startPostgres({ dataDir, log, settings: { fsync: 'off' } })
  const { up, down } = await rehearseOn(postgres.url).finally(postgres.stop)
  console.log(`Migrations: ${up} up, ${down} down, ${down} up again`)
} catch (error) {
  if (!(error instanceof OperatorError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await rm(dataDir, { recursive: true })
}
