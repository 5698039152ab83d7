import type { listActivities as listActivitiesRoute, Reply } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { filtersOf, type MemberInput, pageOf, pageStart } from '../platform/http/index.ts'
import { selectActivities, toActivity, visibleTo } from '../tickets/index.ts'

type Query = MemberInput<typeof listActivitiesRoute>['query']

/** The activities of the tickets the actor may see, newest first. */
export async function listActivities(tx: Tx, actor: Actor, query: Query): Promise<Reply<typeof listActivitiesRoute>> {
  const start = pageStart(query)
  const filters = filtersOf(query)
  const matching = selectActivities(tx).where(visibleTo(actor)).where(conditionsOf(filters))
  const { total } = await matching
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let page = matching
  if (start.after) {
    const [created_at, id] = start.after
    page = page.where(sql<SqlBool>`(a.created_at, a.id) < (${created_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await page
    .orderBy('a.created_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(start.page_size + 1)
    .offset(start.offset)
    .execute()
  return { ...pageOf(start, total, rows.map(toActivity), ({ created_at, id }) => [created_at, id]), filters }
}

function conditionsOf({ ticket_id, activity_type, user_id }: Query) {
  const conditions = [sql<SqlBool>`true`]
  if (ticket_id) conditions.push(sql`a.ticket_id = ${ticket_id}`)
  if (activity_type?.length) conditions.push(sql`a.activity_type = any(${activity_type})`)
  if (user_id) conditions.push(sql`a.user_id = ${user_id}`)
  return sql.join<SqlBool>(conditions, sql` and `)
}
