import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'

export interface NewInbox {
  name: string
  address: string
  team_id: string
}

/** Opens an inbox, whose mail becomes tickets of its team. An address that any company uses already is `address_taken`. */
export async function createInbox(tx: Tx, actor: Actor, { name, address, team_id }: NewInbox): Promise<{ id: string }> {
  const inbox = { id: newId(), address: address.toLowerCase() }
  const created = await tx.db
    .insertInto('inboxes')
    .values({ ...inbox, company_id: tx.company_id, name, team_id, created_at: tx.now })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created) {
    throw new DomainError('address_taken', `Mail to ${inbox.address} goes to another inbox already.`, {
      address: ['is taken'],
    })
  }
  await record(tx, actor, { event: 'inbox.created', data: { inbox_id: inbox.id, address: inbox.address } })
  return { id: inbox.id }
}
