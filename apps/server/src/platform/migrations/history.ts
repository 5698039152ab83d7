import type { ClientBase } from 'pg'
import type { Migration } from './files.ts'

export interface AppliedMigration {
  number: number
  name: string
  checksum: string
  /** ISO 8601 in UTC. */
  applied_at: string
}

/** What has been applied, in order; nothing where no migration ever ran. */
export async function readHistory(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows: found } = await client.query(
    `select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'tessera_meta' and c.relname = 'tessera_migrations'`,
  )
  if (found.length === 0) return []
  const { rows } = await client.query<AppliedMigration>(
    `select number, name, checksum, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as applied_at
     from tessera_meta.tessera_migrations order by number`,
  )
  return rows
}

export async function prepareHistory(client: ClientBase): Promise<void> {
  await client.query(`
    create schema if not exists tessera_meta;
    create table if not exists tessera_meta.tessera_migrations (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
}

export async function remember(client: ClientBase, { number, name, checksum }: Migration): Promise<void> {
  await client.query('insert into tessera_meta.tessera_migrations (number, name, checksum) values ($1, $2, $3)', [
    number,
    name,
    checksum,
  ])
}

export async function forget(client: ClientBase, number: number): Promise<void> {
  await client.query('delete from tessera_meta.tessera_migrations where number = $1', [number])
}
