import type { ClientBase } from 'pg'

/** Schemas that are not made by migrations. */
const FOREIGN = `nspname in ('pg_catalog', 'information_schema', 'tessera_meta') or nspname like 'pg_toast%' or nspname like 'pg_temp%'`

const KINDS: readonly string[] = [
  "select concat_ws(' ', 'schema', nspname, nspacl) from ours",
  `select concat_ws(' ', 'relation', c.oid::regclass, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relacl)
   from pg_class c join ours on ours.oid = c.relnamespace`,
  `select concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
     a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attacl)
   from pg_attribute a join pg_class c on c.oid = a.attrelid join ours on ours.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped`,
  `select concat_ws(' ', 'constraint', nullif(k.conrelid, 0)::regclass, k.conname, pg_get_constraintdef(k.oid))
   from pg_constraint k join ours on ours.oid = k.connamespace`,
  `select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid))
   from pg_index i join pg_class c on c.oid = i.indexrelid join ours on ours.oid = c.relnamespace`,
  `select concat_ws(' ', 'routine', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)), p.proacl)
   from pg_proc p join ours on ours.oid = p.pronamespace where p.prokind <> 'a'`,
  `select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
   from pg_trigger t join pg_class c on c.oid = t.tgrelid join ours on ours.oid = c.relnamespace where not t.tgisinternal`,
  `select concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
     pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
   from pg_policy p join pg_class c on c.oid = p.polrelid join ours on ours.oid = c.relnamespace`,
  `select concat_ws(' ', 'type', t.oid::regtype, t.typtype,
     (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
   from pg_type t join ours on ours.oid = t.typnamespace`,
  `select concat_ws(' ', 'default privileges', n.nspname, d.defaclobjtype, d.defaclacl)
   from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace`,
  "select concat_ws(' ', 'extension', extname, extversion) from pg_extension",
]

/** Everything migrations can make in a database, one line each: two databases are alike where their lines are. */
export async function catalogueOf(client: ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ line: string }>(
    `with ours as (select * from pg_namespace where not (${FOREIGN}))
     select line from (${KINDS.join('\nunion all\n')}) as everything(line) order by line`,
  )
  return new Set(rows.map(({ line }) => line))
}
