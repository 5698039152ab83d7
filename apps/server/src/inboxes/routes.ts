import type { Reply } from '@tessera/contract'
import { listInboxes } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { type Server, serve } from '../platform/http/index.ts'

export function inboxRoutes(server: Server): void {
  serve(server, listInboxes, ({ tx, actor }) => visibleInboxes(tx, actor))
}

/** The inboxes of one's teams; all of them for those who read all of the company's tickets. There is one page. */
async function visibleInboxes(tx: Tx, actor: Actor): Promise<Reply<typeof listInboxes>> {
  let visible = tx.db
    .selectFrom('inboxes as i')
    .innerJoin('teams as t', (join) => join.onRef('t.company_id', '=', 'i.company_id').onRef('t.id', '=', 'i.team_id'))
    .select(['i.id', 'i.name', 'i.address', 'i.is_active', 't.id as team_id', 't.name as team_name'])
    .where('i.company_id', '=', tx.company_id)
  if (!actor.permissions.has('read_company_support_tickets')) {
    visible = visible.where(sql<SqlBool>`i.team_id = any(${actor.team_ids}::uuid[])`)
  }
  const rows = await visible.orderBy('i.name').orderBy('i.id').execute()
  const results = rows.map(({ team_id, team_name, ...inbox }) => ({ ...inbox, team: { id: team_id, name: team_name } }))
  const total_count = results.length
  const pagination = { page: 1, page_size: total_count, total_count, total_pages: 1, next_cursor: null }
  return { results, pagination, filters: {} }
}
