import type { TicketAbilities } from '@tessera/contract'
import type { Expression } from 'kysely'
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Principal } from '../platform/actor.ts'
import type { Database } from '../platform/db/index.ts'
import { openTransitions } from './domain/transition.ts'
import type { TicketRow } from './tables.ts'

/**
 * Who may see a ticket (specification, section 10.1): all of the company's with `read_company_support_tickets`; else
 * those of one's teams, those assigned to one and those one created. Lists, counts, look-ups and sockets all ask here.
 */
type Sight = { all: true } | { all: false; user_id: string; team_ids: readonly string[] }

function sight({ permissions, user_id, team_ids }: Principal): Sight | null {
  if (permissions.has('read_company_support_tickets')) return { all: true }
  if (permissions.has('read_support_ticket')) return { all: false, user_id, team_ids }
  return null
}

export type VisibilityFacts = Pick<TicketRow, 'team_id' | 'assigned_to_user_id' | 'created_by_user_id'>

/** The rule on a ticket at hand. */
export function maySee(principal: Principal, ticket: VisibilityFacts): boolean {
  const seen = sight(principal)
  if (!seen) return false
  if (seen.all) return true
  const { assigned_to_user_id, created_by_user_id, team_id } = ticket
  return (
    assigned_to_user_id === seen.user_id ||
    created_by_user_id === seen.user_id ||
    (team_id !== null && seen.team_ids.includes(team_id))
  )
}

/** The same rule in SQL, over tickets under the alias `t`. */
export function visibleTo(principal: Principal) {
  const seen = sight(principal)
  return (eb: ExpressionBuilder<Database & { t: Database['crm_support_tickets'] }, 't'>): Expression<SqlBool> => {
    if (!seen) return sql<SqlBool>`false`
    if (seen.all) return sql<SqlBool>`true`
    return eb.or([
      eb('t.assigned_to_user_id', '=', seen.user_id),
      eb('t.created_by_user_id', '=', seen.user_id),
      sql<SqlBool>`t.team_id = any(${seen.team_ids}::uuid[])`,
    ])
  }
}

/** What the caller may do with a ticket they see. */
export function ticketAbilities(
  { permissions }: Principal,
  ticket: Pick<TicketRow, 'status' | 'assigned_to_user_id'>,
  can_be_written_to: boolean,
): TicketAbilities {
  const update = permissions.has('update_support_ticket')
  return {
    update,
    assign: permissions.has('assign_support_ticket'),
    reply: update && can_be_written_to,
    add_note: update,
    transitions: update ? openTransitions(ticket) : [],
  }
}
