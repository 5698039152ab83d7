import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { EarlierMessage } from './domain/references.ts'

/** The mails of a ticket by their Message-IDs, oldest first: those that became activities, and those sent. */
export async function earlierMessages(tx: Tx, ticket_id: string): Promise<EarlierMessage[]> {
  const { rows } = await sql<EarlierMessage>`
    select message_id, direction from (
      select m.message_id, 'received' as direction, m.received_at as at
      from crm_ticket_activities a
      join mail_messages m on m.company_id = a.company_id and m.id = a.mail_message_id
      where a.company_id = ${tx.company_id} and a.ticket_id = ${ticket_id} and m.message_id is not null
      union all
      select message_id, 'sent', created_at from outbound_messages
      where company_id = ${tx.company_id} and ticket_id = ${ticket_id}
    ) as earlier
    order by at`.execute(tx.db)
  return rows
}
