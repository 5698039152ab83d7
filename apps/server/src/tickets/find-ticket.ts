import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError, notFound } from '../platform/errors.ts'
import { visibleTo } from './policy.ts'
import type { TicketRow } from './tables.ts'

/** A ticket of the company whoever may see it: for mail, timers and rules, where nobody looks. */
export async function findTicket(
  tx: Tx,
  by: { id: string } | { ticket_number: string },
): Promise<TicketRow | undefined> {
  const tickets = tx.db
    .selectFrom('crm_support_tickets as t')
    .selectAll()
    .where('t.company_id', '=', tx.company_id)
    .where('t.is_deleted', '=', false)
  return await ('id' in by
    ? tickets.where('t.id', '=', by.id)
    : tickets.where('t.ticket_number', '=', by.ticket_number)
  ).executeTakeFirst()
}

/** The ticket, locked until the commit, if the actor may see it: what one may not see is `not_found`. */
export async function lockVisibleTicket(tx: Tx, actor: Actor, id: string): Promise<TicketRow> {
  const ticket = await tx.db
    .selectFrom('crm_support_tickets as t')
    .selectAll()
    .where('t.company_id', '=', tx.company_id)
    .where('t.id', '=', id)
    .where('t.is_deleted', '=', false)
    .where(visibleTo(actor))
    .forUpdate()
    .executeTakeFirst()
  if (!ticket) throw notFound('ticket')
  return ticket
}

/** For updates that somebody decided on while looking at a version: a newer one is a `version_conflict`. */
export function requireVersion(ticket: TicketRow, version: number): void {
  if (ticket.version === version) return
  throw new DomainError(
    'version_conflict',
    'Somebody changed this ticket meanwhile: look at it afresh, then repeat what is still needed.',
    { version: [`is now ${ticket.version}`] },
  )
}
