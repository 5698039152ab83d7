import type { listUsers, Reply, User } from '@tessera/contract'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { filtersOf, type MemberInput, pageStart, pagination } from '../platform/http/index.ts'

/** The people of the company by name, each with their teams; the system user is not one of them. */
export async function userPage(
  tx: Tx,
  query: MemberInput<typeof listUsers>['query'],
): Promise<Reply<typeof listUsers>> {
  const start = pageStart(query)
  const filters = filtersOf(query)
  let matching = tx.db
    .selectFrom('users as u')
    .where('u.company_id', '=', tx.company_id)
    .where('u.role', '<>', 'system')
  if (query.is_active !== undefined) matching = matching.where('u.is_active', '=', query.is_active)
  if (query.team_id !== undefined) {
    const { team_id } = query
    matching = matching.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('team_members as m')
          .select('m.user_id')
          .whereRef('m.company_id', '=', 'u.company_id')
          .whereRef('m.user_id', '=', 'u.id')
          .where('m.team_id', '=', team_id),
      ),
    )
  }
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const results = await matching
    .select([
      'u.id',
      'u.full_name',
      'u.email',
      sql<User['role']>`u.role`.as('role'),
      'u.is_active',
      sql<User['teams']>`coalesce((
        select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
        from team_members m join teams t on t.company_id = m.company_id and t.id = m.team_id
        where m.company_id = u.company_id and m.user_id = u.id
      ), '[]')`.as('teams'),
    ])
    .orderBy('u.full_name')
    .orderBy('u.id')
    .limit(start.page_size)
    .offset(start.offset)
    .execute()
  return { results, pagination: pagination(start, total, undefined), filters }
}
