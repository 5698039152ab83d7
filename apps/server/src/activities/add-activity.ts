import type { CreateActivityBody, TicketStatus } from '@tessera/contract'
import { readSendingInbox } from '../inboxes/index.ts'
import { queueReply } from '../outbox/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { changeStatus, lockVisibleTicket, type TicketRow } from '../tickets/index.ts'
import { insertActivity, recordActivity } from './activity.ts'
import { touchTicket } from './touch-ticket.ts'

/** Statuses in which a ticket waits for somebody's first word; an answer takes it out of them. */
const UNANSWERED: readonly TicketStatus[] = ['new', 'assigned', 'reopened']

/**
 * What a member of staff adds to a ticket: an `email` goes out to the customer, a `message` is shown to them, `note` and
 * `call` stay inside. The first public answer is the ticket's first response and takes it into work.
 */
export async function addActivity(tx: Tx, actor: Actor, request: CreateActivityBody): Promise<{ id: string }> {
  const ticket = await lockVisibleTicket(tx, actor, request.ticket_id)
  const { activity_type, activity_description } = request
  const is_public = activity_type === 'email' || activity_type === 'message'
  const envelope = activity_type === 'email' ? await envelopeOf(tx, ticket, request) : null
  const id = await insertActivity(tx, actor, ticket.id, {
    activity_type,
    activity_description,
    is_internal: !is_public,
    time_spent_minutes: request.time_spent_minutes ?? 0,
    from_email: envelope?.from_email ?? null,
    to_emails: envelope?.to_emails ?? [],
    cc_emails: envelope?.cc_emails ?? [],
  })
  if (envelope) await mail(tx, actor, ticket, { activity_id: id, body_text: activity_description, ...envelope })
  await recordActivity(tx, actor, ticket.id, id)
  const is_first_response = is_public && ticket.first_response_date === null
  await touchTicket(tx, ticket.id, is_first_response ? { first_response_date: tx.now } : {})
  if (is_public && UNANSWERED.includes(ticket.status)) {
    await changeStatus(tx, actor, ticket, { to: 'in_progress' })
  }
  return { id }
}

interface Envelope {
  inbox_id: string
  from_email: string
  to_emails: string[]
  cc_emails: string[]
}

/** From the ticket's inbox, to the addresses asked for or else the contact's own. */
async function envelopeOf(tx: Tx, ticket: TicketRow, request: CreateActivityBody): Promise<Envelope> {
  const to_emails = request.to_emails?.length ? request.to_emails : await contactAddress(tx, ticket)
  if (to_emails.length === 0) {
    throw new DomainError(
      'customer_without_address',
      'No mail can be sent on this ticket, since its contact has no address: name a recipient, or add a note.',
      { to_emails: ['is required here'] },
    )
  }
  const inbox = await readSendingInbox(tx, ticket.inbox_id)
  return { inbox_id: inbox.id, from_email: inbox.address, to_emails, cc_emails: request.cc_emails ?? [] }
}

async function contactAddress(tx: Tx, { contact_id }: TicketRow): Promise<string[]> {
  if (!contact_id) return []
  const first = await tx.db
    .selectFrom('contact_addresses')
    .select('address')
    .where('company_id', '=', tx.company_id)
    .where('contact_id', '=', contact_id)
    .orderBy('created_at')
    .orderBy('address')
    .limit(1)
    .executeTakeFirst()
  return first ? [first.address] : []
}

async function mail(
  tx: Tx,
  actor: Actor,
  { id, ticket_number, subject }: TicketRow,
  { activity_id, body_text, inbox_id, to_emails, cc_emails }: Envelope & { activity_id: string; body_text: string },
): Promise<void> {
  const { full_name } = await tx.db
    .selectFrom('users')
    .select('full_name')
    .where('company_id', '=', tx.company_id)
    .where('id', '=', actor.user_id)
    .executeTakeFirstOrThrow()
  const ticket = { id, ticket_number, subject, inbox_id }
  await queueReply(tx, { ticket, activity_id, author_name: full_name, to_emails, cc_emails, body_text })
}
