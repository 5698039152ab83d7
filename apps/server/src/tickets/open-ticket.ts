import type { CreateTicketBody } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { invalid } from '../platform/errors.ts'
import { eligibleAssignee } from './assign-ticket.ts'
import { createTicket } from './create-ticket.ts'
import type { TicketRow } from './tables.ts'

/**
 * Opens a ticket on somebody's word: what the request names must exist in the company, what it leaves out is filled in
 * (the customer's first contact, the actor's first team, the inbox that answers for it).
 */
export async function openTicket(tx: Tx, actor: Actor, request: CreateTicketBody): Promise<TicketRow> {
  const contact_id = await contactOf(tx, request.customer_id, request.contact_id ?? null)
  const team_id = await teamFor(tx, request.team_id ?? actor.team_ids[0] ?? null)
  const assigned_to_user_id = request.assigned_to_user_id ?? null
  if (assigned_to_user_id) await eligibleAssignee(tx, assigned_to_user_id)
  const source_channel = request.source_channel ?? 'api'
  const { ticket } = await createTicket(tx, actor, {
    subject: request.subject,
    description: request.description,
    customer_id: request.customer_id,
    contact_id,
    priority: request.priority,
    ticket_type: request.ticket_type ?? 'question',
    source_channel,
    sla_category: request.sla_category ?? 'standard',
    team_id,
    inbox_id: await inboxFor(tx, team_id),
    assigned_to_user_id,
    opening: {
      activity_type: source_channel === 'phone' ? 'call' : 'message',
      customer_id: request.customer_id,
    },
  })
  return ticket
}

async function contactOf(tx: Tx, customer_id: string, contact_id: string | null): Promise<string | null> {
  const customer = await tx.db
    .selectFrom('customers')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('id', '=', customer_id)
    .executeTakeFirst()
  if (!customer) throw invalid('customer_id', 'names no customer of this company')
  const contacts = tx.db
    .selectFrom('contacts')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('customer_id', '=', customer_id)
  if (!contact_id) return (await contacts.orderBy('created_at').orderBy('id').limit(1).executeTakeFirst())?.id ?? null
  const contact = await contacts.where('id', '=', contact_id).executeTakeFirst()
  if (!contact) throw invalid('contact_id', 'names no contact of this customer')
  return contact.id
}

async function teamFor(tx: Tx, team_id: string | null): Promise<string | null> {
  if (!team_id) return null
  const team = await tx.db
    .selectFrom('teams')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('id', '=', team_id)
    .executeTakeFirst()
  if (!team) throw invalid('team_id', 'names no team of this company')
  return team.id
}

/** Answers leave by the team's inbox, else by the company's oldest. */
async function inboxFor(tx: Tx, team_id: string | null): Promise<string | null> {
  const inbox = await tx.db
    .selectFrom('inboxes')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('is_active', '=', true)
    .orderBy(
      (eb) => eb('team_id', '=', team_id),
      (order) => order.desc().nullsLast(),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return inbox?.id ?? null
}
