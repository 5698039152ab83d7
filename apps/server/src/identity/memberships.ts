import type { Role } from '@tessera/contract'
import type { Db } from '../platform/db/index.ts'

export interface Member {
  user_id: string
  company_id: string
  role: Role
}

/** The companies an identity is an active member of, the oldest first. */
export async function membershipsOf(database: Db, identityId: string): Promise<Member[]> {
  const { rows } = await database.system.query<Member>({
    name: 'tessera_memberships_of_identity',
    text: `select u.id as user_id, u.company_id, u.role
           from users u join companies c on c.id = u.company_id
           where u.identity_id = $1 and u.is_active
           order by c.created_at, c.id`,
    values: [identityId],
  })
  return rows
}

/** The active members that have an address, over all companies, the oldest company first. */
export async function membershipsByEmail(database: Db, email: string): Promise<Member[]> {
  const { rows } = await database.system.query<Member>(
    `select u.id as user_id, u.company_id, u.role
     from users u join companies c on c.id = u.company_id
     where lower(u.email) = lower($1) and u.is_active and u.role <> 'system'
     order by c.created_at, c.id`,
    [email],
  )
  return rows
}
