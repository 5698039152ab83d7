import { mayBecome, ROLE_PERMISSIONS, type UserRef } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { saveChanges } from './save.ts'
import type { TicketRow } from './tables.ts'

/** Gives a locked ticket to a person, or takes it from everybody with null. A new ticket becomes `assigned` by it. */
export async function assignTicket(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  assigned_to_user_id: string | null,
): Promise<{ ticket: TicketRow; assigned_to: UserRef | null }> {
  const assigned_to = assigned_to_user_id ? await eligibleAssignee(tx, assigned_to_user_id) : null
  const status = assigned_to && mayBecome(ticket.status, 'assigned') ? 'assigned' : ticket.status
  const saved = await saveChanges(tx, actor, ticket, { assigned_to_user_id, status }, 'support_ticket.assigned')
  return { ticket: saved.ticket, assigned_to }
}

/** @throws DomainError `assignee_not_eligible` where there is nobody active behind the id who may work on tickets. */
export async function eligibleAssignee(tx: Tx, user_id: string): Promise<UserRef> {
  const user = await tx.db
    .selectFrom('users')
    .select(['id', 'full_name', 'role', 'is_active'])
    .where('company_id', '=', tx.company_id)
    .where('id', '=', user_id)
    .executeTakeFirst()
  const works =
    user?.is_active && user.role !== 'system' && ROLE_PERMISSIONS[user.role].includes('update_support_ticket')
  if (!user || !works) {
    throw new DomainError('assignee_not_eligible', 'This person cannot be given tickets: choose an active agent.', {
      assigned_to_user_id: ['must be an active member who may update tickets'],
    })
  }
  return { id: user.id, full_name: user.full_name }
}
