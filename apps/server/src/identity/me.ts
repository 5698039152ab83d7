import { type Me, PERMISSIONS, readMe } from '@tessera/contract'
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { type Server, serve } from '../platform/http/index.ts'

export function meRoute(server: Server): void {
  serve(server, readMe, async ({ tx, actor }) => me(tx, actor))
}

/** The permissions are those of the token that asks, in the contract's order. */
async function me(tx: Tx, { user_id, permissions }: Actor): Promise<Me> {
  const { rows } = await sql<Pick<Me, 'user' | 'company'>>`
    select json_build_object('id', u.id, 'full_name', u.full_name, 'email', u.email, 'role', u.role) as "user",
           json_build_object('id', c.id, 'name', c.name, 'time_zone', c.time_zone) as company
    from users u join companies c on c.id = u.company_id
    where u.company_id = ${tx.company_id} and u.id = ${user_id}
  `.execute(tx.db)
  const [row] = rows
  if (!row) throw new Error(`user ${user_id} has a token but no row`)
  return { ...row, permissions: PERMISSIONS.filter((permission) => permissions.has(permission)) }
}
