import type { readTicket as readTicketRoute, Ticket } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { notFound } from '../platform/errors.ts'
import type { MemberInput } from '../platform/http/index.ts'
import { readConversation, readHistory } from './conversation.ts'
import { ticketAbilities, visibleTo } from './policy.ts'
import { selectSnapshots, type TicketSnapshot, toSnapshot } from './snapshot.ts'

type Include = Partial<MemberInput<typeof readTicketRoute>['query']>

/** One ticket the actor may see, with its conversation (`include_activities`) and history (`include_communication`). */
export async function readTicket(tx: Tx, actor: Actor, id: string, include: Include = {}): Promise<Ticket> {
  const row = await selectSnapshots(tx)
    .select('t.description')
    .where('t.id', '=', id)
    .where(visibleTo(actor))
    .executeTakeFirst()
  if (!row) throw notFound('ticket')
  const { description, ...snapshot } = row
  return {
    ...withAbilities(actor, toSnapshot(snapshot)),
    description,
    ...(include.include_activities && { activities: await readConversation(tx, id) }),
    ...(include.include_communication && { history: await readHistory(tx, id) }),
  }
}

/** A ticket as the actor sees it. */
export function withAbilities(actor: Actor, snapshot: TicketSnapshot) {
  const can_be_written_to = Boolean(snapshot.contact?.email)
  return { ...snapshot, abilities: ticketAbilities(actor, snapshot, can_be_written_to) }
}
