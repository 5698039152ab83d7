import { type MigrateOptions, migrate, migrateDown, migrationStatus } from '../platform/migrations/index.ts'
import { type Command, readFlags, UsageError } from './command.ts'
import { type Connection, MIGRATIONS, withConnection } from './connect.ts'

type Client = Connection['client']

export const migrateCommand: Command = {
  usage: 'migrate [--status | --down]',
  summary: 'bring the database up to date, show its state, or take the newest step back',
  async run(args, { env, out }) {
    const { status, down } = readFlags(args, { status: { type: 'boolean' }, down: { type: 'boolean' } })
    if (status && down) throw new UsageError('--status and --down exclude each other.')
    const act = status ? show : down ? takeBack : bringUp
    const lines = await withConnection(env, ({ client, log }) => act(client, { dir: MIGRATIONS, log }))
    for (const line of lines) out(line)
  },
}

async function show(client: Client, options: MigrateOptions): Promise<string[]> {
  const steps = await migrationStatus(client, options)
  return steps.map(({ name, state, applied_at }) => [name, state, applied_at ?? ''].join('\t').trimEnd())
}

async function takeBack(client: Client, options: MigrateOptions): Promise<string[]> {
  const { reverted } = await migrateDown(client, options)
  return [reverted === null ? 'There is nothing to take back.' : `Took back ${reverted}`]
}

async function bringUp(client: Client, options: MigrateOptions): Promise<string[]> {
  const { applied } = await migrate(client, options)
  return applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}`)
}
