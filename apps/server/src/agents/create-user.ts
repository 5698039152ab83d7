import type { StaffRole } from '@tessera/contract'
import pg from 'pg'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'

export interface NewUser {
  full_name: string
  email: string
  role: StaffRole
  /** Who signs in as this user; null where nobody can yet. */
  identity_id: string | null
}

/** Makes somebody a member of the company. An address that is a member already is `address_taken`. */
export async function createUser(tx: Tx, actor: Actor, user: NewUser): Promise<{ id: string }> {
  const id = newId()
  await tx.db
    .insertInto('users')
    .values({ company_id: tx.company_id, id, ...user, created_at: tx.now, updated_at: tx.now })
    .execute()
    .catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError) || error.constraint !== 'uk_users_email') throw error
      throw new DomainError('address_taken', `${user.email} belongs to a member of this company already.`, {
        email: ['is taken'],
      })
    })
  await record(tx, actor, { event: 'user.created', data: { user_id: id, role: user.role } })
  return { id }
}
