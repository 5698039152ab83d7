import { migrateDown, migrationStatus } from '../platform/migrations/index.ts'
import { MIGRATIONS, prepareDatabase } from '../prepare-database.ts'
import { type Command, readFlags, UsageError } from './command.ts'
import { type Connection, withConnection } from './connect.ts'

export const migrateCommand: Command = {
  usage: 'migrate [--status | --down]',
  summary: 'bring the database up to date, show its state, or take the newest step back',
  async run(args, { env, out }) {
    const { status, down } = readFlags(args, { status: { type: 'boolean' }, down: { type: 'boolean' } })
    if (status && down) throw new UsageError('--status and --down exclude each other.')
    const lines = await withConnection(env, status ? show : down ? takeBack : bringUp)
    for (const line of lines) out(line)
  },
}

async function show({ client }: Connection): Promise<string[]> {
  const steps = await migrationStatus(client, { dir: MIGRATIONS })
  return steps.map(({ name, state, applied_at }) => [name, state, applied_at ?? ''].join('\t').trimEnd())
}

async function takeBack({ client, log }: Connection): Promise<string[]> {
  const { reverted } = await migrateDown(client, { dir: MIGRATIONS, log })
  return [reverted === null ? 'There is nothing to take back.' : `Took back ${reverted}`]
}

async function bringUp({ client, url, log }: Connection): Promise<string[]> {
  const pending = (await migrationStatus(client, { dir: MIGRATIONS })).filter(({ state }) => state === 'pending')
  await prepareDatabase(url, log)
  return pending.length === 0 ? ['The database is up to date.'] : pending.map(({ name }) => `Applied ${name}`)
}
