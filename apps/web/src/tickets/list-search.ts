import {
  type ListTicketsQuery,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  type TicketPriority,
  type TicketStatus,
} from '@tessera/contract'
import { manyOf, pageOf } from '../app/search.ts'
import { createStore } from '../app/store.ts'

/** What the address of the list says. */
export interface TicketListSearch {
  status?: TicketStatus[]
  priority?: TicketPriority[]
  assignee?: string
  page?: number
}

const ASSIGNEE = /^(me|none|[0-9a-f-]{36})$/

/** Keeps what is meant and drops the rest: an address edited by hand still shows a list. */
export function readListSearch(raw: Record<string, unknown>): TicketListSearch {
  const status = manyOf(TICKET_STATUSES, raw.status)
  const priority = manyOf(TICKET_PRIORITIES, raw.priority)
  const page = pageOf(raw.page)
  const { assignee } = raw
  return {
    ...(status && { status }),
    ...(priority && { priority }),
    ...(typeof assignee === 'string' && ASSIGNEE.test(assignee) && { assignee }),
    ...(page && { page }),
  }
}

export function toListQuery({ status, priority, assignee, page }: TicketListSearch): ListTicketsQuery {
  return {
    ...(status && { ticket_status: status }),
    ...(priority && { priority }),
    ...(assignee && { assigned_to_user_id: assignee }),
    ...(page && { page }),
  }
}

/** The list as it was left, for the way back from a ticket. */
export const leftListAt = createStore<TicketListSearch>({})
