import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { changeStatus, type OpeningMessage, type TicketRow } from '../tickets/index.ts'
import { insertActivity, recordActivity } from './activity.ts'
import { touchTicket } from './touch-ticket.ts'

export interface ReceivedReply extends OpeningMessage {
  text: string
  /** False for what no person wrote (a bounce, a vacation notice): kept with the ticket, waking nobody. */
  from_person: boolean
}

/** Adds a message that arrived to its ticket. A person's message reopens a ticket that was resolved or closed. */
export async function receiveReply(
  tx: Tx,
  actor: Actor,
  { id: ticket_id }: TicketRow,
  { text, from_person, ...message }: ReceivedReply,
): Promise<{ activity_id: string; reopened: boolean }> {
  const ticket = await lock(tx, ticket_id)
  const activity_id = await insertActivity(tx, actor, ticket_id, {
    ...message,
    activity_description: text,
    is_internal: !from_person,
  })
  await recordActivity(tx, actor, ticket_id, activity_id)
  const reopened = from_person && (ticket.status === 'resolved' || ticket.status === 'closed')
  if (reopened) await changeStatus(tx, actor, ticket, { to: 'reopened' })
  else await touchTicket(tx, ticket_id)
  return { activity_id, reopened }
}

async function lock(tx: Tx, id: string): Promise<TicketRow> {
  return await tx.db
    .selectFrom('crm_support_tickets')
    .selectAll()
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
