import { sql } from 'kysely'
import { OWN_MAIL_HEADER, outboundMessageOfToken } from '../outbox/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { type ClassifiedMail, classify } from './domain/classify.ts'
import type { MailAddress, ParsedMail } from './domain/parsed-mail.ts'
import { decideThread, type Thread } from './domain/thread.ts'
import { addToTicket, openTicket } from './effects.ts'
import { findDuplicate } from './find-duplicate.ts'
import { findPointers } from './find-pointers.ts'
import { conclude, lockReceived, quarantine, type ReceivedMail } from './ledger.ts'

/** Who wrote a mail, as far as it says so. */
export interface Author extends MailAddress {
  /** Whether it is an inbox of the same company. */
  is_own_inbox: boolean
}

export interface MailContext {
  mail: ParsedMail
  author: Author | null
  secretKey: Buffer
}

/** Decides what becomes of a mail and does it: everything in one transaction, or nothing. */
export async function settleMessage(tx: Tx, received: ReceivedMail, context: MailContext): Promise<void> {
  const { row } = received
  const { mail, author } = context
  if (!(await lockReceived(tx, row.id))) return
  const { message_id, subject } = mail
  const description = {
    message_id,
    subject,
    from_email: author?.address ?? null,
    from_name: author?.name || null,
  }
  const duplicate = await findDuplicate(tx, received, description)
  if (duplicate) {
    await conclude(tx, row.id, duplicate)
    return
  }
  const kind = classify(mail, {
    envelope_from: row.envelope_from,
    is_signed_by_us: await isSignedByUs(tx, context),
    from_own_inbox: author?.is_own_inbox ?? false,
  })
  const thread = await findThread(tx, received, context, kind)
  const understood = { row, mail, author, kind, threading_reason: thread.reason }
  const known = { ...description, classification: kind.classification, threading_reason: thread.reason }
  if (thread.ticket) {
    await conclude(tx, row.id, { ...known, ...(await addToTicket(tx, thread.ticket.id, understood)) })
  } else if (!kind.stands_alone) {
    await conclude(tx, row.id, { ...known, state: 'ignored', reason: `${kind.why} It concerns no ticket known here.` })
  } else if (author === null) {
    await quarantine(tx, row.id, 'It names no sender, so that nobody could be answered.', known)
  } else {
    await conclude(tx, row.id, { ...known, ...(await openTicket(tx, { ...understood, author })) })
  }
}

/** Sets a mail aside that could not be read, and says why. */
export async function settleUnreadable(tx: Tx, received: ReceivedMail, why: string): Promise<void> {
  const { id } = received.row
  if (!(await lockReceived(tx, id))) return
  const duplicate = await findDuplicate(tx, received, null)
  if (duplicate) await conclude(tx, id, duplicate)
  else await quarantine(tx, id, why)
}

async function findThread(
  tx: Tx,
  { row }: ReceivedMail,
  { mail, author, secretKey }: MailContext,
  { classification, stands_alone }: ClassifiedMail,
): Promise<Thread> {
  const sender = author?.address ?? null
  const is_report = classification === 'bounce' || classification === 'feedback_report'
  const pointers = await findPointers(tx, { mail, envelope_to: row.envelope_to, sender, is_report, secretKey })
  // What no person wrote reopens nothing, so it is never too late for it.
  const reopen_window_days = stands_alone ? await reopenWindow(tx) : Number.POSITIVE_INFINITY
  return decideThread(pointers, { sender, now: tx.now, reopen_window_days })
}

async function reopenWindow(tx: Tx): Promise<number> {
  const { rows } = await sql<{ reopen_window_days: number }>`
    select reopen_window_days from companies where id = ${tx.company_id}`.execute(tx.db)
  return rows[0]?.reopen_window_days ?? 0
}

/** A mail of another company of this installation is signed too, but it is a person's mail here. */
async function isSignedByUs(tx: Tx, { mail, secretKey }: MailContext): Promise<boolean> {
  const outbound_id = outboundMessageOfToken(secretKey, mail.headers.get(OWN_MAIL_HEADER.toLowerCase()) ?? '')
  if (outbound_id === null) return false
  const ours = await tx.db
    .selectFrom('outbound_messages')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('id', '=', outbound_id)
    .executeTakeFirst()
  return ours !== undefined
}
