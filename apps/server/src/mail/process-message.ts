import { findInboxByAddress } from '../inboxes/index.ts'
import { type Db, transact } from '../platform/db/index.ts'
import type { JobHandlers } from '../platform/jobs/index.ts'
import type { Logger } from '../platform/log.ts'
import { mailbox } from './domain/headers.ts'
import { parseMail } from './domain/parse.ts'
import { type MailAddress, type ParsedMail, ParseFailure } from './domain/parsed-mail.ts'
import { storableLine } from './domain/storable.ts'
import { type ReceivedMail, readReceived } from './ledger.ts'
import { type Author, settleMessage, settleUnreadable } from './settle-message.ts'
import type { MailMessageRow } from './tables.ts'

interface MailJobsOptions {
  database: Db
  /** 32 bytes: what our reply addresses and our own mail are signed with. */
  secretKey: Buffer
  log: Logger
}

type ProcessMail = JobHandlers['process-mail-message']

/**
 * The queue tries again by itself for longer than this, and does not say which try is the last. So the age of a mail
 * decides: from then on a failure is its final state.
 */
const GIVE_UP_AFTER = { hours: 72 }

export function mailJobs(options: MailJobsOptions): Pick<JobHandlers, 'process-mail-message'> {
  return { 'process-mail-message': processMailMessage(options) }
}

/**
 * Makes of a received mail what it is to be: a ticket, a reply, or nothing, with the reason. Any number of times and
 * workers come to one result, since only a row in the state `received` is acted upon, and locked for it.
 */
function processMailMessage({ database, secretKey, log }: MailJobsOptions): ProcessMail {
  return async ({ company_id, mail_message_id }) => {
    const received = await transact(database, { company_id, access: 'read' }, (tx) => readReceived(tx, mail_message_id))
    if (!received) return
    try {
      await settle(database, received, secretKey)
    } catch (error) {
      const given_up = await noteFailure(database, received.row, error)
      if (!given_up) throw error
      log.error({ err: error, mail_message_id }, 'a mail could not be processed and was given up')
    }
  }
}

/** Parses outside the transaction, since it may take a while, then does the rest within one. */
async function settle(database: Db, received: ReceivedMail, secretKey: Buffer): Promise<void> {
  const scope = { company_id: received.row.company_id, access: 'write' } as const
  const mail = await parseMail(received.raw).catch((error: unknown) => {
    if (error instanceof ParseFailure) return error
    throw error
  })
  if (mail instanceof ParseFailure) {
    await transact(database, scope, (tx) => settleUnreadable(tx, received, mail.message))
    return
  }
  const author = await findAuthor(database, received.row, mail)
  await transact(database, scope, (tx) => settleMessage(tx, received, { mail, author, secretKey }))
}

/**
 * Who wrote it: From, or the envelope's sender where From is missing. A form on the company's web site often sends as the
 * inbox itself and names its visitor in Reply-To: then the visitor wrote it.
 */
async function findAuthor(database: Db, row: MailMessageRow, mail: ParsedMail): Promise<Author | null> {
  const envelope_from = mailbox(row.envelope_from)
  const from = mail.from ?? (envelope_from ? { address: envelope_from, name: '' } : null)
  if (!from) return null
  if (!(await isOwnInbox(database, row, from))) return { ...from, is_own_inbox: false }
  const { reply_to } = mail
  if (reply_to && !(await isOwnInbox(database, row, reply_to))) return { ...reply_to, is_own_inbox: false }
  return { ...from, is_own_inbox: true }
}

async function isOwnInbox(database: Db, { company_id }: MailMessageRow, { address }: MailAddress): Promise<boolean> {
  return (await findInboxByAddress(database, address))?.company_id === company_id
}

/** Shows in the ledger what is wrong, while it is tried again and after it was given up. Returns whether it was. */
async function noteFailure(database: Db, { company_id, id, received_at }: MailMessageRow, error: unknown) {
  const why = storableLine(error instanceof Error ? error.message : String(error), 500)
  return await transact(database, { company_id, access: 'write' }, async (tx) => {
    const last_try = Temporal.Instant.from(received_at).add(GIVE_UP_AFTER)
    const given_up = Temporal.Instant.compare(tx.now, last_try) >= 0
    const failed = { state: 'failed', processed_at: tx.now } as const
    const reason = given_up
      ? `It could not be processed in ${GIVE_UP_AFTER.hours} hours: ${why}`
      : `Processing failed and is tried again: ${why}`
    await tx.db
      .updateTable('mail_messages')
      .set({ reason, ...(given_up && failed) })
      .where('company_id', '=', company_id)
      .where('id', '=', id)
      .where('state', '=', 'received')
      .execute()
    return given_up
  })
}
