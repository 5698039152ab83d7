import type { EventData } from '@tessera/contract'
import type { Updateable } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { readSnapshot } from './snapshot.ts'
import type { TicketRow } from './tables.ts'

export type Changes = EventData<'support_ticket.updated'>['changes']
type ChangeEvent = 'support_ticket.updated' | 'support_ticket.assigned' | 'support_ticket.status_changed'

/** Writes the fields that differ and records them as `event`, from and to; nothing where nothing differs. */
export async function saveChanges(
  tx: Tx,
  actor: Actor,
  ticket: TicketRow,
  fields: Updateable<Database['crm_support_tickets']> & Partial<TicketRow>,
  event: ChangeEvent,
): Promise<{ ticket: TicketRow; changes: Changes }> {
  const changes = differences(ticket, fields)
  if (Object.keys(changes).length === 0) return { ticket, changes }
  const saved = await tx.db
    .updateTable('crm_support_tickets')
    .set({
      ...fields,
      version: ticket.version + 1,
      updated_at: tx.now,
      updated_by_user_id: actor.user_id,
    })
    .where('company_id', '=', tx.company_id)
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await record(tx, actor, {
    event,
    ticket_id: ticket.id,
    data: { ticket: await readSnapshot(tx, ticket.id), changes },
  })
  return { ticket: saved, changes }
}

function differences(ticket: TicketRow, fields: Partial<TicketRow>): Changes {
  const changes: Changes = {}
  for (const [name, to] of Object.entries(fields)) {
    const from = ticket[name as keyof TicketRow]
    if (from !== to) changes[name] = { from, to }
  }
  return changes
}
