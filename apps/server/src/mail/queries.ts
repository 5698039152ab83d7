import type { listMailMessages, MailMessage, Reply } from '@tessera/contract'
import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { notFound } from '../platform/errors.ts'
import { filtersOf, type MemberInput, pageOf, pageStart } from '../platform/http/index.ts'

function selectMessages(tx: Tx) {
  return tx.db
    .selectFrom('mail_messages as m')
    .innerJoin('inboxes as i', (join) =>
      join.onRef('i.company_id', '=', 'm.company_id').onRef('i.id', '=', 'm.inbox_id'),
    )
    .where('m.company_id', '=', tx.company_id)
    .select([
      'm.id',
      'm.inbox_id',
      'i.name as inbox_name',
      'm.state',
      'm.reason',
      'm.classification',
      'm.message_id',
      'm.from_email',
      'm.from_name',
      'm.subject',
      'm.size',
      'm.envelope_from',
      'm.envelope_to',
      'm.threading_reason',
      'm.ticket_id',
      'm.activity_id',
      'm.received_at',
    ])
}

type MessageRow = Awaited<ReturnType<ReturnType<typeof selectMessages>['execute']>>[number]

function toMessage({ inbox_id, inbox_name, ...fields }: MessageRow): MailMessage {
  return { ...fields, inbox: { id: inbox_id, name: inbox_name } }
}

/** The ledger, newest first, with the exact count of all that match. */
export async function ledgerPage(
  tx: Tx,
  query: MemberInput<typeof listMailMessages>['query'],
): Promise<Reply<typeof listMailMessages>> {
  const start = pageStart(query)
  const filters = filtersOf(query)
  const conditions = [sql<SqlBool>`true`]
  if (query.state?.length) conditions.push(sql`m.state = any(${query.state})`)
  if (query.inbox_id) conditions.push(sql`m.inbox_id = ${query.inbox_id}`)
  const matching = sql.join<SqlBool>(conditions, sql` and `)
  const { total } = await tx.db
    .selectFrom('mail_messages as m')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('m.company_id', '=', tx.company_id)
    .where(matching)
    .executeTakeFirstOrThrow()
  let page = selectMessages(tx).where(matching)
  if (start.after) {
    const [received_at, id] = start.after
    page = page.where(sql<SqlBool>`(m.received_at, m.id) < (${received_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await page
    .orderBy('m.received_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(start.page_size + 1)
    .offset(start.offset)
    .execute()
  return { ...pageOf(start, total, rows.map(toMessage), ({ received_at, id }) => [received_at, id]), filters }
}

export async function readMessage(tx: Tx, id: string): Promise<MailMessage> {
  const row = await selectMessages(tx).where('m.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('mail')
  return toMessage(row)
}

/** The source of a mail, byte for byte. */
export async function readRawMessage(tx: Tx, id: string): Promise<Buffer> {
  const source = await tx.db
    .selectFrom('mail_message_sources')
    .select('raw')
    .where('company_id', '=', tx.company_id)
    .where('mail_message_id', '=', id)
    .executeTakeFirst()
  if (!source) throw notFound('mail')
  return source.raw
}
