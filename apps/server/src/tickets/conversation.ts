import type { Activity, TicketEvent } from '@tessera/contract'
import type { Tx } from '../platform/db/index.ts'

/** Activities under the alias `a` with the people they name and, where they were mailed, what became of the mail. */
export function selectActivities(tx: Tx) {
  return tx.db
    .selectFrom('crm_ticket_activities as a')
    .innerJoin('crm_support_tickets as t', (join) =>
      join.onRef('t.company_id', '=', 'a.company_id').onRef('t.id', '=', 'a.ticket_id'),
    )
    .innerJoin('users as u', (join) => join.onRef('u.company_id', '=', 'a.company_id').onRef('u.id', '=', 'a.user_id'))
    .leftJoin('customers as c', (join) =>
      join.onRef('c.company_id', '=', 'a.company_id').onRef('c.id', '=', 'a.customer_id'),
    )
    .leftJoin('outbound_messages as o', (join) =>
      join.onRef('o.company_id', '=', 'a.company_id').onRef('o.activity_id', '=', 'a.id'),
    )
    .where('a.company_id', '=', tx.company_id)
    .where('a.is_deleted', '=', false)
    .where('t.is_deleted', '=', false)
    .select([
      'a.id',
      'a.ticket_id',
      'a.user_id',
      'a.customer_id',
      'a.activity_type',
      'a.activity_description',
      'a.quoted_text',
      'a.body_html',
      'a.is_internal',
      'a.is_customer_visible',
      'a.time_spent_minutes',
      'a.from_email',
      'a.to_emails',
      'a.cc_emails',
      'a.bcc_emails',
      'a.attachments',
      'a.mail_message_id',
      'a.threading_reason',
      'a.created_at',
      'u.full_name as user_name',
      'c.name as customer_name',
      'o.state as delivery_state',
    ])
}

type ActivityWithPeople = Awaited<ReturnType<ReturnType<typeof selectActivities>['execute']>>[number]

export function toActivity({ user_name, customer_name, ...fields }: ActivityWithPeople): Activity {
  return {
    ...fields,
    user: { id: fields.user_id, full_name: user_name },
    customer: fields.customer_id && customer_name ? { id: fields.customer_id, name: customer_name } : null,
  }
}

/** More than any conversation worth reading at once; older messages are reached by the list of activities. */
const MOST_MESSAGES = 500

/** The latest activities of a ticket, oldest first. */
export async function readConversation(tx: Tx, ticket_id: string): Promise<Activity[]> {
  const rows = await selectActivities(tx)
    .where('a.ticket_id', '=', ticket_id)
    .orderBy('a.created_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(MOST_MESSAGES)
    .execute()
  return rows.reverse().map(toActivity)
}

/** What happened to the ticket besides its messages, oldest first. */
export async function readHistory(tx: Tx, ticket_id: string): Promise<TicketEvent[]> {
  const rows = await tx.db
    .selectFrom('events as e')
    .innerJoin('users as u', (join) =>
      join.onRef('u.company_id', '=', 'e.company_id').onRef('u.id', '=', 'e.actor_user_id'),
    )
    .select(['e.id', 'e.event', 'e.occurred_at', 'e.actor_user_id', 'u.full_name', 'e.data'])
    .where('e.company_id', '=', tx.company_id)
    .where('e.ticket_id', '=', ticket_id)
    .where('e.event', 'not in', ['ticket.activity.created', 'mail.delivery_changed'])
    .orderBy('e.id', 'desc')
    .limit(MOST_MESSAGES)
    .execute()
  return rows.reverse().map(({ actor_user_id, full_name, data, ...event }) => ({
    ...event,
    actor: { id: actor_user_id, full_name },
    changes: (data.changes ?? {}) as TicketEvent['changes'],
  }))
}
