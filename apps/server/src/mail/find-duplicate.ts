import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { haveSameBody } from './domain/same-mail.ts'
import { type Description, type Outcome, type ReceivedMail, readSource } from './ledger.ts'

const CANDIDATES = 5

/**
 * What becomes of a mail that repeats one processed before: the same source, or the same Message-ID, author, subject and body
 * with other trace headers. A Message-ID alone proves nothing, since programs repeat theirs. Of two at once the second waits
 * here until the first is committed. Null where the mail is new; `description` is null where it could not be read.
 */
export async function findDuplicate(
  tx: Tx,
  { row, raw }: ReceivedMail,
  description: Description | null,
): Promise<Outcome | null> {
  const message_id = description?.message_id ?? null
  const lock = `mail/${tx.company_id}/${message_id ?? row.sha256.toString('hex')}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(tx.db)
  const candidates = await tx.db
    .selectFrom('mail_messages')
    .select(['id', 'sha256', 'from_email', 'subject', 'ticket_id', 'activity_id', 'received_at'])
    .where('company_id', '=', tx.company_id)
    .where((eb) => eb.or([eb('sha256', '=', row.sha256), eb('message_id', '=', message_id)]))
    .where('state', 'in', ['ticket', 'reply', 'ignored', 'quarantined'])
    .orderBy('received_at')
    .limit(CANDIDATES)
    .execute()
  for (const { id, sha256, from_email, subject, received_at, ...same } of candidates) {
    const resembles = from_email === description?.from_email && subject === description.subject
    if (sha256.equals(row.sha256) || (resembles && haveSameBody(raw, await readSource(tx, id)))) {
      return {
        ...description,
        ...same,
        state: 'duplicate',
        reason: `It is the same mail as the one of ${received_at}.`,
      }
    }
  }
  return null
}
