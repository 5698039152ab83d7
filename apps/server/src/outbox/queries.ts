import type { listOutboundMessages, Reply } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { filtersOf, type MemberInput, pageOf, pageStart } from '../platform/http/index.ts'

const COLUMNS = [
  'id',
  'purpose',
  'state',
  'message_id',
  'from_email',
  'to_emails',
  'cc_emails',
  'subject',
  'body_text',
  'attempts',
  'last_error',
  'ticket_id',
  'activity_id',
  'created_at',
  'sent_at',
] as const

/** The outbox, newest first. */
export async function outboundPage(
  tx: Tx,
  query: MemberInput<typeof listOutboundMessages>['query'],
): Promise<Reply<typeof listOutboundMessages>> {
  const start = pageStart(query)
  const filters = filtersOf(query)
  let matching = tx.db.selectFrom('outbound_messages').where('company_id', '=', tx.company_id)
  if (query.state?.length) matching = matching.where(sql<SqlBool>`state = any(${query.state})`)
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let page = matching
  if (start.after) {
    const [created_at, id] = start.after
    page = page.where(sql<SqlBool>`(created_at, id) < (${created_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await page
    .select(COLUMNS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(start.page_size + 1)
    .offset(start.offset)
    .execute()
  return { ...pageOf(start, total, rows, ({ created_at, id }) => [created_at, id]), filters }
}
