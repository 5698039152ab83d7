import { mayBecome, type ResolutionType, STATUS_TRANSITIONS, type TicketStatus } from '@tessera/contract'
import type { Instant } from '../../platform/clock.ts'
import { DomainError, invalid } from '../../platform/errors.ts'

/** The part of a ticket that its status decides. */
export interface StatusFacts {
  status: TicketStatus
  assigned_to_user_id: string | null
  resolution_date: Instant | null
  resolution_type: ResolutionType | null
  on_hold_reason: string | null
  reopen_count: number
}

export interface StatusChange {
  to: TicketStatus
  resolution_type?: ResolutionType | undefined
  on_hold_reason?: string | undefined
}

/**
 * The facts after a change of status: the table of the specification's section 6.2, with what each status demands.
 * @throws DomainError `invalid_status_transition`, or `validation_failed` where a reason or resolution is missing.
 */
export function transition(ticket: StatusFacts, change: StatusChange, now: Instant): StatusFacts {
  const { to } = change
  if (!mayBecome(ticket.status, to)) throw illegal(ticket.status, to)
  const next: StatusFacts = { ...ticket, status: to, on_hold_reason: null }
  switch (to) {
    case 'assigned':
      if (!ticket.assigned_to_user_id) throw invalid('status', 'a ticket is assigned by assigning it to somebody')
      return next
    case 'on_hold':
      if (!change.on_hold_reason) throw invalid('on_hold_reason', 'is required to put a ticket on hold')
      return { ...next, on_hold_reason: change.on_hold_reason }
    case 'resolved':
      if (!change.resolution_type) throw invalid('resolution_type', 'is required to resolve a ticket')
      return { ...next, resolution_type: change.resolution_type, resolution_date: now }
    case 'closed':
      return {
        ...next,
        resolution_type: change.resolution_type ?? ticket.resolution_type,
        resolution_date: ticket.resolution_date ?? now,
      }
    case 'reopened':
      return { ...next, resolution_type: null, resolution_date: null, reopen_count: ticket.reopen_count + 1 }
    default:
      return next
  }
}

/** The statuses a ticket can take now, so that a screen offers those and no other. */
export function openTransitions({ status, assigned_to_user_id }: Pick<StatusFacts, 'status' | 'assigned_to_user_id'>) {
  return STATUS_TRANSITIONS[status].filter((to) => to !== 'assigned' || assigned_to_user_id !== null)
}

function illegal(from: TicketStatus, to: TicketStatus): DomainError {
  const allowed = STATUS_TRANSITIONS[from].join(', ')
  return new DomainError(
    'invalid_status_transition',
    `A ticket that is ${from} cannot become ${to}; it can become: ${allowed}.`,
    { status: [`must be one of: ${allowed}`] },
  )
}
