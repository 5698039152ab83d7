import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { type StatusChange, type StatusFacts, transition } from './domain/transition.ts'
import { type Changes, saveChanges } from './save.ts'
import type { TicketRow } from './tables.ts'

/** Moves a locked ticket along its state machine. */
export async function changeStatus(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  change: StatusChange,
): Promise<{ ticket: TicketRow; changes: Changes }> {
  return await saveChanges(tx, actor, ticket, statusFacts(ticket, change, tx.now), 'support_ticket.status_changed')
}

function statusFacts(ticket: TicketRow, change: StatusChange, now: string): StatusFacts {
  const { status, assigned_to_user_id, resolution_date, resolution_type, on_hold_reason, reopen_count } = ticket
  const facts = { status, assigned_to_user_id, resolution_date, resolution_type, on_hold_reason, reopen_count }
  return transition(facts, change, now)
}
