import type { ListTicketsQuery, listTickets as listTicketsRoute, Reply } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { invalid } from '../platform/errors.ts'
import { filtersOf, pageOf, pageStart } from '../platform/http/index.ts'
import { visibleTo } from './policy.ts'
import { withAbilities } from './read-ticket.ts'
import { selectSnapshots, toSnapshot } from './snapshot.ts'

/** The tickets the actor may see that match every filter, newest first, with the exact count of all of them. */
export async function listTickets(
  tx: Tx,
  actor: Actor,
  query: ListTicketsQuery,
): Promise<Reply<typeof listTicketsRoute>> {
  const start = pageStart(query)
  const conditions = conditionsOf(actor, query)
  const { total } = await tx.db
    .selectFrom('crm_support_tickets as t')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('t.company_id', '=', tx.company_id)
    .where('t.is_deleted', '=', false)
    .where(visibleTo(actor))
    .where(conditions)
    .executeTakeFirstOrThrow()
  let matching = selectSnapshots(tx).where(visibleTo(actor)).where(conditions)
  if (start.after) {
    const [created_at, id] = start.after
    matching = matching.where(sql<SqlBool>`(t.created_at, t.id) < (${created_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await matching
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(start.page_size + 1)
    .offset(start.offset)
    .execute()
  const tickets = rows.map((row) => withAbilities(actor, toSnapshot(row)))
  const page = pageOf(start, total, tickets, ({ created_at, id }) => [created_at, id])
  return { ...page, filters: filtersOf(query) }
}

function conditionsOf(actor: Actor, query: ListTicketsQuery) {
  const { ticket_status, priority, customer_id, assigned_to_user_id: assignee, date_range } = query
  const conditions = [sql<SqlBool>`true`]
  if (ticket_status?.length) conditions.push(sql`t.status = any(${ticket_status})`)
  if (priority?.length) conditions.push(sql`t.priority = any(${priority})`)
  if (customer_id) conditions.push(sql`t.customer_id = ${customer_id}`)
  if (assignee === 'none') conditions.push(sql`t.assigned_to_user_id is null`)
  else if (assignee === 'me') conditions.push(sql`t.assigned_to_user_id = ${actor.user_id}`)
  else if (assignee) conditions.push(sql`t.assigned_to_user_id = ${assignee}`)
  if (date_range) conditions.push(createdWithin(date_range))
  return sql.join<SqlBool>(conditions, sql` and `)
}

/** Days as the company lives them: from the midnight that begins the first to the one that ends the last. */
function createdWithin(date_range: string) {
  const [from, to] = date_range.split('..').map((date) => {
    try {
      return Temporal.PlainDate.from(date)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw invalid('date_range', `${date} is not a day of the calendar`)
    }
  })
  if (!from || !to || Temporal.PlainDate.compare(from, to) > 0) {
    throw invalid('date_range', 'must begin before it ends')
  }
  const zone = sql`(select time_zone from companies where id = t.company_id)`
  return sql<SqlBool>`(
    t.created_at >= ${from.toString()}::timestamp at time zone ${zone} and
    t.created_at < ${to.add({ days: 1 }).toString()}::timestamp at time zone ${zone}
  )`
}
