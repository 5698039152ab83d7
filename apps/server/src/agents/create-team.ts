import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'

export interface NewTeam {
  name: string
  member_ids: readonly string[]
}

export async function createTeam(tx: Tx, actor: Actor, { name, member_ids }: NewTeam): Promise<{ id: string }> {
  const id = newId()
  await tx.db.insertInto('teams').values({ company_id: tx.company_id, id, name, created_at: tx.now }).execute()
  await record(tx, actor, { event: 'team.created', data: { team_id: id, name } })
  for (const user_id of member_ids) {
    await tx.db.insertInto('team_members').values({ company_id: tx.company_id, team_id: id, user_id }).execute()
  }
  tx.signal('principals_changed')
  return { id }
}
