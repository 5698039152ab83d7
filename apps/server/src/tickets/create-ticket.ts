import type { ActivityAttachment, ActivityType } from '@tessera/contract'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'
import { formatTicketNumber } from './domain/ticket-number.ts'
import { readSnapshot } from './snapshot.ts'
import type { TicketRow } from './tables.ts'

/** How the request reached the company: it becomes the first activity, whose text is the ticket's description. */
export interface OpeningMessage {
  activity_type: ActivityType
  /** Set where the customer spoke; null where somebody of the company wrote it down. */
  customer_id: string | null
  quoted_text?: string | null
  body_html?: string | null
  from_email?: string | null
  to_emails?: string[]
  cc_emails?: string[]
  attachments?: Static<typeof ActivityAttachment>[]
  /** The mail it came by, and why that mail came here. */
  mail_message_id?: string | null
  threading_reason?: string | null
}

export type NewTicket = Pick<
  TicketRow,
  | 'subject'
  | 'description'
  | 'customer_id'
  | 'contact_id'
  | 'priority'
  | 'ticket_type'
  | 'source_channel'
  | 'sla_category'
  | 'team_id'
  | 'inbox_id'
  | 'assigned_to_user_id'
> & { opening: OpeningMessage }

/** Makes a ticket with its number and its first activity. The references were checked by whoever calls. */
export async function createTicket(
  tx: Tx,
  actor: Actor,
  { opening, ...fields }: NewTicket,
): Promise<{ ticket: TicketRow; activity_id: string }> {
  const { company_id, now } = tx
  const ticket = await tx.db
    .insertInto('crm_support_tickets')
    .values({
      company_id,
      id: newId(),
      ticket_number: await nextTicketNumber(tx),
      ...fields,
      status: fields.assigned_to_user_id ? 'assigned' : 'new',
      created_by_user_id: actor.user_id,
      updated_by_user_id: null,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const activity_id = await addOpening(tx, actor, ticket, opening)
  await record(tx, actor, {
    event: 'support_ticket.created',
    ticket_id: ticket.id,
    data: { ticket: await readSnapshot(tx, ticket.id) },
  })
  return { ticket, activity_id }
}

/** The year turns with the company's own midnight. The counter's row is held until the commit, so no number is lost. */
async function nextTicketNumber(tx: Tx): Promise<string> {
  const { rows } = await sql<{ ticket_prefix: string; year: number; last_number: number }>`
    with company as (
      select id, ticket_prefix, extract(year from ${tx.now}::timestamptz at time zone time_zone)::smallint as year
      from companies where id = ${tx.company_id}
    ), counter as (
      insert into ticket_counters (company_id, year, last_number) select id, year, 1 from company
      on conflict (company_id, year) do update set last_number = ticket_counters.last_number + 1
      returning year, last_number
    )
    select ticket_prefix, counter.year, last_number from company, counter`.execute(tx.db)
  const [next] = rows
  if (!next) throw new Error(`There is no company ${tx.company_id}.`)
  return formatTicketNumber(next.ticket_prefix, next.year, next.last_number)
}

async function addOpening(tx: Tx, actor: Actor, ticket: TicketRow, opening: OpeningMessage): Promise<string> {
  const id = newId()
  const { to_emails = [], cc_emails = [], attachments = [], ...fields } = opening
  const is_internal = opening.activity_type === 'note'
  await tx.db
    .insertInto('crm_ticket_activities')
    .values({
      company_id: tx.company_id,
      id,
      ticket_id: ticket.id,
      user_id: actor.user_id,
      quoted_text: null,
      body_html: null,
      from_email: null,
      mail_message_id: null,
      threading_reason: null,
      ...fields,
      activity_description: ticket.description,
      is_internal,
      is_customer_visible: !is_internal,
      to_emails: JSON.stringify(to_emails),
      cc_emails: JSON.stringify(cc_emails),
      attachments: JSON.stringify(attachments),
      created_at: tx.now,
    })
    .execute()
  return id
}
