import { type Insertable, sql } from 'kysely'
import { type InboxRow, readSendingInbox } from '../inboxes/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { messageIdOf } from './domain/message-id.ts'
import { type ThreadHeaders, threadHeaders } from './domain/references.ts'
import { mailSubject } from './domain/subject.ts'
import { acknowledgementText } from './domain/templates.ts'
import { earlierMessages } from './thread.ts'

declare module '../platform/jobs/enqueue.ts' {
  interface Jobs {
    'send-mail': { company_id: string; outbound_message_id: string }
  }
}

export interface MailedTicket {
  id: string
  ticket_number: string
  subject: string
  /** Null where the ticket came by another way than mail. */
  inbox_id: string | null
}

export interface NewAcknowledgement {
  ticket: MailedTicket
  to_email: string
  /** The Message-ID of the mail that became the ticket. */
  in_reply_to: string | null
}

export interface NewReply {
  ticket: MailedTicket
  activity_id: string
  author_name: string
  to_emails: readonly string[]
  cc_emails: readonly string[]
  body_text: string
}

/** What one address gets at most, so that two machines that answer each other fall silent. */
const ACKNOWLEDGEMENTS_AN_HOUR = 5

/**
 * How often the queue tries a job before it forgets it. Far more than a mail needs: the row itself counts its tries and
 * decides when to give up, so that no row is left waiting without a job.
 */
const JOB_TRIES = 1_000

/**
 * Tells a customer that their mail has arrived. Returns the id of the outbound message, or null where none is sent: the
 * ticket has its acknowledgement already, or the address was sent enough of them within the hour.
 */
export async function queueAcknowledgement(
  tx: Tx,
  { ticket, to_email, in_reply_to }: NewAcknowledgement,
): Promise<string | null> {
  if (await acknowledgedEnough(tx, to_email)) return null
  const inbox = await readSendingInbox(tx, ticket.inbox_id)
  const { ticket_number } = ticket
  return await queue(tx, inbox, ticket, {
    purpose: 'acknowledgement',
    activity_id: null,
    from_name: inbox.name,
    to_emails: [to_email],
    cc_emails: [],
    body_text: acknowledgementText({ ticket_number, inbox_name: inbox.name }),
    thread: threadHeaders(in_reply_to === null ? [] : [{ message_id: in_reply_to, direction: 'received' }]),
  })
}

/** Mails what a member of staff answered, in the conversation of its ticket. Returns the id of the outbound message. */
export async function queueReply(tx: Tx, { ticket, author_name, ...reply }: NewReply): Promise<string> {
  const inbox = await readSendingInbox(tx, ticket.inbox_id)
  const to_emails = withoutDoubles(reply.to_emails)
  if (to_emails.length === 0) {
    throw new DomainError('customer_without_address', 'There is nobody to send this mail to: name a recipient.')
  }
  const id = await queue(tx, inbox, ticket, {
    ...reply,
    purpose: 'reply',
    from_name: author_name,
    to_emails,
    cc_emails: withoutDoubles(reply.cc_emails, to_emails),
    thread: threadHeaders(await earlierMessages(tx, ticket.id)),
  })
  if (id === null) throw new DomainError('conflict', 'This reply is on its way already.')
  return id
}

type NewMail = Pick<
  Insertable<Database['outbound_messages']>,
  'purpose' | 'activity_id' | 'from_name' | 'body_text'
> & {
  to_emails: readonly string[]
  cc_emails: readonly string[]
  thread: ThreadHeaders
}

/** Null where the cause has its mail already: a ticket is acknowledged once, an activity is mailed once. */
async function queue(tx: Tx, inbox: InboxRow, ticket: MailedTicket, mail: NewMail): Promise<string | null> {
  const { to_emails, cc_emails, thread, ...content } = mail
  const { company_id, now } = tx
  const id = newId()
  const queued = await tx.db
    .insertInto('outbound_messages')
    .values({
      ...content,
      company_id,
      id,
      ticket_id: ticket.id,
      inbox_id: inbox.id,
      message_id: messageIdOf(id, inbox.address),
      in_reply_to: thread.in_reply_to,
      reference_ids: JSON.stringify(thread.references),
      from_email: inbox.address,
      to_emails: JSON.stringify(to_emails),
      cc_emails: JSON.stringify(cc_emails),
      subject: mailSubject(ticket.subject, ticket.ticket_number),
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!queued) return null
  const options = { key: `send-mail:${id}`, max_attempts: JOB_TRIES }
  await enqueue(tx, 'send-mail', { company_id, outbound_message_id: id }, options)
  return id
}

/** Two mails of one sender at once wait for each other here, so that the limit holds exactly. */
async function acknowledgedEnough(tx: Tx, to_email: string): Promise<boolean> {
  const address = to_email.toLowerCase()
  const lock = `acknowledgement/${tx.company_id}/${address}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(tx.db)
  const anHourAgo = Temporal.Instant.from(tx.now).subtract({ hours: 1 }).toString()
  const { lately } = await tx.db
    .selectFrom('outbound_messages')
    .select(({ fn }) => fn.countAll<number>().as('lately'))
    .where('company_id', '=', tx.company_id)
    .where('purpose', '=', sql.lit('acknowledgement'))
    .where(sql`lower(to_emails ->> 0)`, '=', address)
    .where('created_at', '>', anHourAgo)
    .executeTakeFirstOrThrow()
  return lately >= ACKNOWLEDGEMENTS_AN_HOUR
}

function withoutDoubles(addresses: readonly string[], taken: readonly string[] = []): string[] {
  const seen = new Set(taken.map((address) => address.toLowerCase()))
  return addresses.filter((address) => {
    const folded = address.toLowerCase()
    return !seen.has(folded) && Boolean(seen.add(folded))
  })
}
