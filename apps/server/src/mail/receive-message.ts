import { createHash } from 'node:crypto'
import { findInboxByAddress } from '../inboxes/index.ts'
import { type Db, transact } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/index.ts'
import type { SmtpMessage } from '../platform/smtp/index.ts'
import { storable } from './domain/storable.ts'
import type { MailSource } from './tables.ts'

declare module '../platform/jobs/enqueue.ts' {
  interface Jobs {
    'process-mail-message': { company_id: string; mail_message_id: string }
  }
}

/**
 * Keeps a message for good, with the job that will understand it: once this resolves, the message may be acknowledged to
 * whoever brought it. Each company has one row of it, whichever of its inboxes it was sent to; the first of them counts. Where
 * it fails it may have been kept for some companies already: brought again, it is recognised there as a duplicate.
 */
export async function receiveMessage(database: Db, message: SmtpMessage, source: MailSource = 'smtp'): Promise<void> {
  const inboxes = await inboxOfEachCompany(database, message.envelope_to)
  if (inboxes.size === 0) throw new Error('None of the recipients is an inbox any more.')
  const sha256 = createHash('sha256').update(message.raw).digest()
  for (const [company_id, inbox_id] of inboxes) {
    await keep(database, { company_id, inbox_id, source, sha256, message })
  }
}

async function inboxOfEachCompany(database: Db, recipients: readonly string[]): Promise<Map<string, string>> {
  const inboxes = new Map<string, string>()
  for (const recipient of recipients) {
    const found = await findInboxByAddress(database, recipient)
    if (found && !inboxes.has(found.company_id)) inboxes.set(found.company_id, found.inbox_id)
  }
  return inboxes
}

interface Delivery {
  company_id: string
  inbox_id: string
  source: MailSource
  sha256: Buffer
  message: SmtpMessage
}

async function keep(database: Db, { company_id, inbox_id, source, sha256, message }: Delivery): Promise<void> {
  const { raw, envelope_from, envelope_to, peer } = message
  const id = newId()
  await transact(database, { company_id, access: 'write' }, async (tx) => {
    await tx.db
      .insertInto('mail_messages')
      .values({
        company_id,
        id,
        inbox_id,
        source,
        source_peer: peer,
        sha256,
        size: raw.length,
        envelope_from: storable(envelope_from),
        envelope_to: JSON.stringify(envelope_to.map(storable)),
        received_at: tx.now,
      })
      .execute()
    await tx.db.insertInto('mail_message_sources').values({ company_id, mail_message_id: id, raw }).execute()
    await enqueue(
      tx,
      'process-mail-message',
      { company_id, mail_message_id: id },
      { key: `process-mail-message:${id}` },
    )
  })
}
