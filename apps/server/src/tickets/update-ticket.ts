import type { UpdateTicketBody } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { invalid } from '../platform/errors.ts'
import { changeStatus } from './change-status.ts'
import { lockVisibleTicket, requireVersion } from './find-ticket.ts'
import { type Changes, saveChanges } from './save.ts'
import type { TicketRow } from './tables.ts'

/** Changes fields and, where asked, the status; the answer names what really changed. */
export async function updateTicket(
  tx: Tx,
  actor: Actor,
  id: string,
  { version, status, resolution_type, on_hold_reason, ...fields }: UpdateTicketBody,
): Promise<{ ticket: TicketRow; changes: Changes }> {
  const ticket = await lockVisibleTicket(tx, actor, id)
  requireVersion(ticket, version)
  const moves = status !== undefined && status !== ticket.status
  if (!moves && resolution_type) throw invalid('resolution_type', 'is given only with a status it leads to')
  if (!moves && on_hold_reason) throw invalid('on_hold_reason', 'is given only with the status on_hold')
  const updated = await saveChanges(tx, actor, ticket, fields, 'support_ticket.updated')
  if (!moves) return updated
  const moved = await changeStatus(tx, actor, updated.ticket, { to: status, resolution_type, on_hold_reason })
  return { ticket: moved.ticket, changes: { ...updated.changes, ...moved.changes } }
}
