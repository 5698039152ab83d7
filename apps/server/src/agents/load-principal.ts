import { ROLE_PERMISSIONS, type Role } from '@tessera/contract'
import type { Principal } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

export interface Membership {
  user_id: string
  company_id: string
}

/** A role or team changed on another node is heard of by signal; this bounds the delay where the signal was lost. */
const FRESH_MS = 10_000

/**
 * Knows who the members are, from memory where it was asked a moment ago. Forgets everything when membership, roles
 * or teams change anywhere.
 */
export function principalLoader(database: Db) {
  const known = new Map<string, { principal: Promise<Principal | null>; until: number }>()
  database.signals.on('principals_changed', () => known.clear())

  return function loadPrincipal(membership: Membership): Promise<Principal | null> {
    const key = `${membership.company_id}/${membership.user_id}`
    const entry = known.get(key)
    if (entry && entry.until > Date.now()) return entry.principal
    const principal = readPrincipal(database, membership)
    known.set(key, { principal, until: Date.now() + FRESH_MS })
    principal.catch(() => known.delete(key))
    return principal
  }
}

export type LoadPrincipal = ReturnType<typeof principalLoader>

/** The member as they are now; null where there is no such member or they were deactivated. */
async function readPrincipal(database: Db, { user_id, company_id }: Membership): Promise<Principal | null> {
  const { rows } = await database.system.query<{ role: Role; team_ids: string[] }>({
    name: 'tessera_principal',
    text: `select role, coalesce(
             (select array_agg(team_id::text) from team_members m where m.company_id = u.company_id and m.user_id = u.id),
             '{}'
           ) as team_ids
           from users u where company_id = $1 and id = $2 and is_active`,
    values: [company_id, user_id],
  })
  const [row] = rows
  if (!row) return null
  return {
    user_id,
    company_id,
    role: row.role,
    permissions: new Set(ROLE_PERMISSIONS[row.role]),
    team_ids: row.team_ids,
  }
}
