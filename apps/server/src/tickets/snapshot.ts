import type { TicketSummary } from '@tessera/contract'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** A ticket as the wire shows it in lists and events, without what depends on who looks. */
export type TicketSnapshot = Omit<TicketSummary, 'abilities'>

/** Tickets under the alias `t` with the people they name, ready for the wire. */
export function selectSnapshots(tx: Tx) {
  return tx.db
    .selectFrom('crm_support_tickets as t')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.company_id', '=', 't.company_id').onRef('c.id', '=', 't.customer_id'),
    )
    .leftJoin('contacts as p', (join) =>
      join.onRef('p.company_id', '=', 't.company_id').onRef('p.id', '=', 't.contact_id'),
    )
    .leftJoin('users as u', (join) =>
      join.onRef('u.company_id', '=', 't.company_id').onRef('u.id', '=', 't.assigned_to_user_id'),
    )
    .leftJoin('teams as m', (join) => join.onRef('m.company_id', '=', 't.company_id').onRef('m.id', '=', 't.team_id'))
    .where('t.company_id', '=', tx.company_id)
    .where('t.is_deleted', '=', false)
    .select([
      't.id',
      't.company_id',
      't.customer_id',
      't.contact_id',
      't.assigned_to_user_id',
      't.created_by_user_id',
      't.updated_by_user_id',
      't.team_id',
      't.inbox_id',
      't.ticket_number',
      't.subject',
      't.ticket_type',
      't.priority',
      't.status',
      't.source_channel',
      't.sla_category',
      't.due_date',
      't.first_response_date',
      't.resolution_date',
      't.resolution_type',
      't.on_hold_reason',
      't.customer_satisfaction',
      't.reopen_count',
      't.version',
      't.created_at',
      't.updated_at',
    ])
    .select([
      'c.name as customer_name',
      'p.full_name as contact_name',
      'u.full_name as assignee_name',
      'm.name as team_name',
      sql<string | null>`(
        select address from contact_addresses a
        where a.company_id = t.company_id and a.contact_id = t.contact_id
        order by a.created_at, a.address limit 1
      )`.as('contact_email'),
    ])
}

type SnapshotRow = Awaited<ReturnType<ReturnType<typeof selectSnapshots>['execute']>>[number]

export function toSnapshot(row: SnapshotRow): TicketSnapshot {
  const { customer_name, contact_name, contact_email, assignee_name, team_name, ...fields } = row
  return {
    ...fields,
    customer: { id: row.customer_id, name: customer_name },
    contact:
      row.contact_id && contact_name ? { id: row.contact_id, full_name: contact_name, email: contact_email } : null,
    assigned_to:
      row.assigned_to_user_id && assignee_name ? { id: row.assigned_to_user_id, full_name: assignee_name } : null,
    team: row.team_id && team_name ? { id: row.team_id, name: team_name } : null,
  }
}

export async function readSnapshot(tx: Tx, id: string): Promise<TicketSnapshot> {
  return toSnapshot(await selectSnapshots(tx).where('t.id', '=', id).executeTakeFirstOrThrow())
}
