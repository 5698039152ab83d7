import type { listCustomers, Reply } from '@tessera/contract'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { type MemberInput, pageStart, pagination } from '../platform/http/index.ts'

/** Customers by name; `q` is the beginning of a name or of an address of one of their contacts. */
export async function customerPage(
  tx: Tx,
  query: MemberInput<typeof listCustomers>['query'],
): Promise<Reply<typeof listCustomers>> {
  const start = pageStart(query)
  let matching = tx.db.selectFrom('customers as c').where('c.company_id', '=', tx.company_id)
  const q = query.q?.trim().toLowerCase()
  if (q) {
    const prefix = `${q.replaceAll(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`
    matching = matching.where(({ eb, or, exists, selectFrom }) =>
      or([
        eb(sql`lower(c.name)`, 'like', prefix),
        exists(
          selectFrom('contact_addresses as a')
            .innerJoin('contacts as p', (join) =>
              join.onRef('p.company_id', '=', 'a.company_id').onRef('p.id', '=', 'a.contact_id'),
            )
            .select('a.address')
            .whereRef('p.company_id', '=', 'c.company_id')
            .whereRef('p.customer_id', '=', 'c.id')
            .where('a.address', 'like', prefix),
        ),
      ]),
    )
  }
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const results = await matching
    .select([
      'c.id',
      'c.name',
      sql<string | null>`(
        select a.address from contacts p
        join contact_addresses a on a.company_id = p.company_id and a.contact_id = p.id
        where p.company_id = c.company_id and p.customer_id = c.id
        order by p.created_at, a.created_at limit 1
      )`.as('email'),
    ])
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(start.page_size)
    .offset(start.offset)
    .execute()
  return { results, pagination: pagination(start, total, undefined), filters: q ? { q } : {} }
}
