import { STAFF_ROLES, type StaffRole } from '@tessera/contract'
import { createUser, systemActor } from '../agents/index.ts'
import { createIdentity, generatePassword } from '../identity/index.ts'
import { type Db, transact } from '../platform/db/index.ts'
import { OperatorError } from '../platform/settings-errors.ts'
import { type Command, readFlags, required, UsageError } from './command.ts'
import { withDatabase } from './connect.ts'

export const userCreateCommand: Command = {
  usage: `user create --email EMAIL --name NAME --role ${STAFF_ROLES.join('|')} [--company ID]`,
  summary: 'make somebody a member and print their first password; --company is needed where there are several',
  async run(args, { env, out, tell }) {
    const flags = readFlags(args, {
      company: { type: 'string' },
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
    })
    const email = readEmail(required(flags.email, '--email'))
    const full_name = required(flags.name, '--name')
    const role = readRole(required(flags.role, '--role'))
    const password = generatePassword()
    await withDatabase(env, async ({ database }) => {
      const company_id = await oneCompany(database, flags.company)
      const created = await transact(database, { company_id, access: 'write' }, async (tx) => {
        const identity = await createIdentity(tx, { email, full_name, password })
        const member = { email, full_name, role, identity_id: identity.identity_id }
        await createUser(tx, await systemActor(tx), member)
        return identity.created
      })
      if (created) out(password)
      tell(
        created
          ? `${email} can sign in with this password, shown only now; a second factor is set up at the first sign-in.`
          : `${email} signs in here already and keeps that password.`,
      )
    })
  },
}

function readEmail(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text) || text.length > 255) {
    throw new UsageError(`--email must be an address such as ada@example.com, but it is “${text}”.`)
  }
  return text
}

function readRole(text: string): StaffRole {
  const role = STAFF_ROLES.find((name) => name === text)
  if (role === undefined) throw new UsageError(`--role must be one of ${STAFF_ROLES.join(', ')}, but it is “${text}”.`)
  return role
}

async function oneCompany(database: Db, id: string | undefined): Promise<string> {
  const { rows } = await database.system.query<{ id: string; name: string }>(
    'select id, name from companies order by id',
  )
  const possible = id === undefined ? rows : rows.filter((company) => company.id === id)
  const [company, another] = possible
  if (!company) {
    throw new OperatorError(id === undefined ? 'There is no company yet.' : `There is no company with the id ${id}.`)
  }
  if (another) {
    const names = possible.map(({ id, name }) => `${id} is ${name}`).join(', ')
    throw new OperatorError(`There are several companies: choose one with --company (${names}).`)
  }
  return company.id
}
