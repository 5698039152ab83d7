import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { hashPassword } from './password.ts'

interface NewIdentity {
  email: string
  full_name: string
  /** Between 12 and 128 characters; whoever calls has checked it. */
  password: string
}

interface IdentityRef {
  identity_id: string
  /** False where the address had an identity already: it keeps its own password. */
  created: boolean
}

/** Makes somebody able to sign in, in the transaction that makes them a member. Nothing else makes identities. */
export async function createIdentity(tx: Tx, { email, full_name, password }: NewIdentity): Promise<IdentityRef> {
  const hash = await hashPassword(password)
  const { rows } = await sql<IdentityRef>`
    select identity_id, created
    from tessera_create_identity(${newId()}, ${newId()}, ${email}, ${full_name}, ${hash}, ${tx.now})
  `.execute(tx.db)
  const [identity] = rows
  if (!identity) throw new Error('tessera_create_identity returned no row')
  return identity
}
