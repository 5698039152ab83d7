import type { ClientBase } from 'pg'
import { catalogueOf } from './catalogue.ts'
import { MigrationError } from './errors.ts'
import { readMigrations } from './files.ts'
import { type MigrateOptions, migrate, migrateDown } from './migrate.ts'

export interface Rehearsal {
  /** How many migrations went up. */
  up: number
  /** How many of them came down again: fewer where one cannot be taken back. */
  down: number
}

/**
 * All up, all down, all up, in an empty database: the way back must leave nothing behind, and the second time must build
 * what the first did.
 * @throws {MigrationError} naming what was left behind or came out differently.
 */
export async function rehearseMigrations(client: ClientBase, options: MigrateOptions): Promise<Rehearsal> {
  const migrations = await readMigrations(options.dir)
  const empty = await catalogueOf(client)
  const { applied } = await migrate(client, options)
  const built = await catalogueOf(client)

  const stuck = migrations.findLastIndex(({ down }) => 'irreversible' in down)
  const down = migrations.length - 1 - stuck
  for (let step = 0; step < down; step++) await migrateDown(client, options)
  if (stuck === -1) compare(empty, await catalogueOf(client), 'The way back')

  await migrate(client, options)
  compare(built, await catalogueOf(client), 'The second time up')
  return { up: applied.length, down }
}

function compare(before: ReadonlySet<string>, after: ReadonlySet<string>, what: string): void {
  const added = [...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`)
  const missing = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`)
  if (added.length + missing.length === 0) return
  throw new MigrationError(`${what} did not restore the schema:\n${[...missing, ...added].join('\n')}`)
}
