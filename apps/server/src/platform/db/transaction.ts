import { Kysely } from 'kysely'
import pg from 'pg'
import type { Clock, Instant } from '../clock.ts'
import type { Channel, Signals } from '../signals.ts'
import { preparedDialect } from './prepared-dialect.ts'
import type { Database } from './schema.ts'

/** One transaction for one company: row-level security shows and takes only that company's rows. */
export interface Tx {
  readonly db: Kysely<Database>
  readonly company_id: string
  /** The moment of the transaction: everything in it happened then. */
  readonly now: Instant
  /** Wakes those who wait for `channel` once the commit is durable. What must not be lost is a row, never a signal. */
  signal(channel: Channel): void
}

export interface Db {
  /** Sessions of `tessera_app`, bound to one company for each transaction. */
  readonly app: pg.Pool
  /** Sessions of `tessera_system`: the few reads before the company is known, and the delivery of events. */
  readonly system: pg.Pool
  readonly clock: Clock
  readonly signals: Signals
}

export interface Scope {
  company_id: string
  access: 'read' | 'write'
}

const ATTEMPTS = 3
const RETRYABLE = new Set(['40001', '40P01'])

/**
 * Runs `work` in a transaction of one company and commits what it did, or nothing. A deadlock or serialization failure
 * is tried again, which is safe since `work` has no effect outside its transaction.
 */
export async function transact<T>(database: Db, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(database, scope, work)
    } catch (error) {
      const retryable = error instanceof pg.DatabaseError && RETRYABLE.has(error.code ?? '')
      if (!retryable || attempt === ATTEMPTS) throw error
    }
  }
}

async function attemptOnce<T>(database: Db, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await database.app.connect()
  const channels = new Set<Channel>()
  let broken: Error | undefined
  try {
    const opened = open(client, scope)
    const tx: Tx = {
      db: new Kysely<Database>({ dialect: preparedDialect(client) }),
      company_id: scope.company_id,
      now: database.clock.now(),
      signal: (channel) => channels.add(channel),
    }
    const result = await work(tx)
    await opened
    await client.query('commit')
    for (const channel of channels) database.signals.send(channel)
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * Begins and sets the company without waiting: the connection pipelines, so the first statement of `work` travels in
 * the same round trip. A failure here fails that statement too, since it finds no company.
 */
function open(client: pg.PoolClient, { company_id, access }: Scope): Promise<unknown> {
  const opened = Promise.all([
    client.query(access === 'read' ? 'begin read only' : 'begin'),
    client.query({
      name: 'tessera_scope',
      text: "select set_config('tessera.company_id', $1, true)",
      values: [company_id],
    }),
  ])
  // Whoever awaits it hears of the failure; until then it must not count as unhandled.
  opened.catch(() => undefined)
  return opened
}
