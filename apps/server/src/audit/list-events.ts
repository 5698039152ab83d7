import type { listEvents as listEventsRoute, Reply } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { filtersOf, type MemberInput, pageOf, pageStart } from '../platform/http/index.ts'

type Query = MemberInput<typeof listEventsRoute>['query']

/** The audit trail of the company, newest first. */
export async function listEvents(tx: Tx, query: Query): Promise<Reply<typeof listEventsRoute>> {
  const start = pageStart(query)
  const filters = filtersOf(query)
  const matching = tx.db
    .selectFrom('events as e')
    .innerJoin('users as u', (join) =>
      join.onRef('u.company_id', '=', 'e.company_id').onRef('u.id', '=', 'e.actor_user_id'),
    )
    .where('e.company_id', '=', tx.company_id)
    .where(conditionsOf(filters))
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let page = matching
  if (start.after) {
    const [, id] = start.after
    page = page.where('e.id', '<', id)
  }
  const rows = await page
    .select(['e.id', 'e.event', 'e.occurred_at', 'e.ticket_id', 'e.request_id', 'e.ip_address', 'e.data'])
    .select(['e.actor_user_id', 'u.full_name'])
    .orderBy('e.id', 'desc')
    .limit(start.page_size + 1)
    .offset(start.offset)
    .execute()
  const entries = rows.map(({ actor_user_id, full_name, ...entry }) => ({
    ...entry,
    actor: { id: actor_user_id, full_name },
  }))
  return { ...pageOf(start, total, entries, ({ occurred_at, id }) => [occurred_at, id]), filters }
}

function conditionsOf({ ticket_id, actor_user_id, event }: Query) {
  const conditions = [sql<SqlBool>`true`]
  if (ticket_id) conditions.push(sql`e.ticket_id = ${ticket_id}`)
  if (actor_user_id) conditions.push(sql`e.actor_user_id = ${actor_user_id}`)
  if (event?.length) conditions.push(sql`e.event = any(${event})`)
  return sql.join<SqlBool>(conditions, sql` and `)
}
