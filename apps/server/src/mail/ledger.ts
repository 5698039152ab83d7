import type { Updateable } from 'kysely'
import { systemActor } from '../agents/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { cut, storable } from './domain/storable.ts'
import type { MailMessageRow } from './tables.ts'

const MAX_REASON = 1_000

/** A row of the ledger that waits to be processed, with its source. */
export interface ReceivedMail {
  row: MailMessageRow
  raw: Buffer
}

/** What a mail says of itself, as the ledger shows it and later mails are compared with it. */
export type Description = Pick<MailMessageRow, 'message_id' | 'from_email' | 'from_name' | 'subject'>

export type Outcome = Updateable<Database['mail_messages']> & {
  state: 'ticket' | 'reply' | 'duplicate' | 'ignored' | 'quarantined'
  reason: string
}

export async function readReceived(tx: Tx, id: string): Promise<ReceivedMail | null> {
  const row = await tx.db
    .selectFrom('mail_messages')
    .selectAll()
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .executeTakeFirst()
  return row ? { row, raw: await readSource(tx, id) } : null
}

export async function readSource(tx: Tx, id: string): Promise<Buffer> {
  const { raw } = await tx.db
    .selectFrom('mail_message_sources')
    .select('raw')
    .where('company_id', '=', tx.company_id)
    .where('mail_message_id', '=', id)
    .executeTakeFirstOrThrow()
  return raw
}

/** Locks a row until the commit; false where another worker has settled it meanwhile. */
export async function lockReceived(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('mail_messages')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Writes what became of a mail. */
export async function conclude(tx: Tx, id: string, outcome: Outcome): Promise<void> {
  await tx.db
    .updateTable('mail_messages')
    .set({ ...outcome, reason: cut(storable(outcome.reason), MAX_REASON), processed_at: tx.now })
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .execute()
}

/** Sets a mail aside with its source, for an administrator to look at. */
export async function quarantine(tx: Tx, id: string, reason: string, description: Partial<Description> = {}) {
  await conclude(tx, id, { ...description, state: 'quarantined', reason })
  const actor = await systemActor(tx)
  await record(tx, actor, { event: 'mail.quarantined', data: { mail_message_id: id, reason } })
}
