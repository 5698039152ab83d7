import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useTestServer } from './harness.ts'

/** Tables that belong to no company, each with the reason. */
const NOT_OF_A_COMPANY = new Map([
  ['companies', 'is the company: its own id decides'],
  ['setup_tokens', 'exists before the first company'],
])

const server = useTestServer()
let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: server.databaseUrl })
  await owner.connect()
})
afterAll(() => owner.end())

interface TableFacts {
  name: string
  is_forced: boolean
  policies: { restrictive: boolean; to_app: boolean; condition: string }[]
  primary_key: string[]
}

async function tables(): Promise<TableFacts[]> {
  const { rows } = await owner.query<TableFacts>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as is_forced,
      coalesce((
        select json_agg(json_build_object(
          'restrictive', not polpermissive,
          'to_app', 'tessera_app'::regrole = any(polroles),
          'condition', pg_get_expr(polqual, polrelid)))
        from pg_policy where polrelid = c.oid), '[]') as policies,
      coalesce((
        select json_agg(attname order by position)
        from pg_index i, unnest(i.indkey::int2[]) with ordinality as k(attnum, position)
        join pg_attribute a on a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid), '[]') as primary_key
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    order by 1`)
  return rows
}

describe('the catalogue', () => {
  it('has row-level security, forced and restrictive, on every table of a company', async () => {
    const all = await tables()
    expect(all.length).toBeGreaterThan(10)
    for (const { name, is_forced, policies } of all) {
      if (NOT_OF_A_COMPANY.has(name) && name !== 'companies') continue
      const column = name === 'companies' ? 'id' : 'company_id'
      expect({ name, is_forced, policies }).toMatchObject({ name, is_forced: true })
      expect(policies, name).toContainEqual({
        restrictive: true,
        to_app: true,
        condition: `(${column} = tessera_company_id())`,
      })
    }
  })

  it('begins every primary key of a company’s table with the company', async () => {
    for (const { name, primary_key } of await tables()) {
      if (!NOT_OF_A_COMPANY.has(name)) expect([name, primary_key[0]]).toEqual([name, 'company_id'])
    }
  })

  it('lets no row point into another company: every foreign key between such tables carries it', async () => {
    const { rows } = await owner.query<{ name: string; carries: boolean }>(`
      select conrelid::regclass || ': ' || conname as name,
        exists (
          select from unnest(conkey, confkey) as k(here, there)
          join pg_attribute a on a.attrelid = conrelid and a.attnum = here
          join pg_attribute b on b.attrelid = confrelid and b.attnum = there
          where a.attname = 'company_id' and b.attname in ('company_id', 'id')
        ) as carries
      from pg_constraint c
      where contype = 'f' and connamespace = 'public'::regnamespace
        and exists (select from pg_attribute where attrelid = confrelid and attname = 'company_id')`)
    expect(rows.length).toBeGreaterThan(15)
    expect(rows.filter(({ carries }) => !carries)).toEqual([])
  })

  it('gives the app a role that owns nothing and cannot bypass the rules', async () => {
    const { rows } = await owner.query(`
      select rolname, rolbypassrls or rolsuper or rolcreaterole as powerful,
        exists (select from pg_class where relowner = r.oid) as owns
      from pg_roles r where rolname in ('tessera_app', 'tessera_system', 'tessera_auth') order by 1`)
    expect(rows).toEqual([
      { rolname: 'tessera_app', powerful: false, owns: false },
      { rolname: 'tessera_auth', powerful: false, owns: false },
      { rolname: 'tessera_system', powerful: false, owns: false },
    ])
  })
})

describe('a session of the app', () => {
  it('sees no row while no company is set', async () => {
    await server.company()
    for (const { name } of await tables()) {
      const { rowCount } = await server.database.app
        .query(`select from ${pg.escapeIdentifier(name)} limit 1`)
        .catch((error: pg.DatabaseError) => ({ rowCount: error.code === '42501' ? 0 : -1 }))
      expect([name, rowCount]).toEqual([name, 0])
    }
  })

  it('cannot write into another company, even when it names it', async () => {
    const [mine, theirs] = [await server.company(), await server.company()]
    const client = await server.database.app.connect()
    try {
      await client.query('begin')
      await client.query("select set_config('tessera.company_id', $1, true)", [mine.company_id])
      const moved = client.query('update teams set company_id = $1 where id = $2', [theirs.company_id, mine.team_id])
      await expect(moved).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    } finally {
      client.release()
    }
  })

  it('cannot change or remove what happened', async () => {
    const { company_id } = await server.company()
    for (const statement of ['update events set event = event', 'delete from events', 'truncate events']) {
      const client = await server.database.app.connect()
      await client.query("select set_config('tessera.company_id', $1, false)", [company_id])
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
      client.release(true)
    }
  })
})
