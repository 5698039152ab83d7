import type { StaffRole } from '@tessera/contract'
import type { TestServer } from '../../../test/harness.ts'
import { createUser, systemActor } from '../../agents/index.ts'
import { transact } from '../../platform/db/index.ts'
import { createIdentity, generatePassword } from '../index.ts'

interface Person {
  company_id: string
  user_id: string
  email: string
  password: string
}

/** Somebody who can sign in, in a company of their own. */
export async function hire(server: TestServer, role: StaffRole = 'support_agent'): Promise<Person> {
  const { company_id } = await server.company()
  const person = { email: `ada@${company_id}.test`, password: generatePassword() }
  const full_name = 'Ada Agent'
  const { id } = await transact(server.database, { company_id, access: 'write' }, async (tx) => {
    const { identity_id } = await createIdentity(tx, { ...person, full_name })
    return createUser(tx, await systemActor(tx), { email: person.email, full_name, role, identity_id })
  })
  return { company_id, user_id: id, ...person }
}

/** What the audit trail of a company says, the oldest first. */
export async function trail({ database }: TestServer, { company_id }: Pick<Person, 'company_id'>) {
  const { rows } = await database.system.query<{ event: string; actor_user_id: string; ip_address: string | null }>(
    'select event, actor_user_id, host(ip_address) as ip_address from events where company_id = $1 order by id',
    [company_id],
  )
  return rows
}
