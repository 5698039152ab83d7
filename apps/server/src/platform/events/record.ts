import type { EventData, EventName } from '@tessera/contract'
import type { Generated } from 'kysely'
import type { Actor } from '../actor.ts'
import type { Json, Tx } from '../db/index.ts'
import { newId } from '../ids.ts'

declare module '../db/schema.ts' {
  interface Database {
    events: {
      company_id: string
      id: string
      position: Generated<number | null>
      event: EventName
      occurred_at: string
      actor_user_id: string
      ticket_id: string | null
      request_id: string | null
      ip_address: string | null
      data: Json<Record<string, unknown>>
    }
  }
}

export interface Occurrence<N extends EventName> {
  event: N
  ticket_id?: string
  data: EventData<N>
}

/**
 * Writes what happened, in the transaction in which it happens: the row is the audit trail, and delivery to sockets
 * and followers starts from it once it is committed.
 */
export async function record<N extends EventName>(tx: Tx, actor: Actor, { event, ticket_id, data }: Occurrence<N>) {
  const id = newId()
  await tx.db
    .insertInto('events')
    .values({
      company_id: tx.company_id,
      id,
      event,
      occurred_at: tx.now,
      actor_user_id: actor.user_id,
      ticket_id: ticket_id ?? null,
      request_id: actor.request_id,
      ip_address: actor.ip_address,
      data: JSON.stringify(data),
    })
    .execute()
  tx.signal('events_recorded')
  return id
}
