import { randomUUIDv7 } from 'node:crypto'
import type { StaffRole } from '@tessera/contract'
import { createTeam, createUser, systemActor } from '../src/agents/index.ts'
import { findOrCreateContact } from '../src/customers/index.ts'
import { createInbox } from '../src/inboxes/index.ts'
import { transact } from '../src/platform/db/index.ts'
import { createCompany } from '../src/tenants/index.ts'
import type { Tessera } from '../src/tessera.ts'

export interface TestMember {
  user_id: string
  email: string
  full_name: string
  role: StaffRole
  token: string
}

/** A company of its own for one test: a team with an inbox, one member of each role, and one customer. */
export interface TestCompany {
  company_id: string
  team_id: string
  other_team_id: string
  inbox_id: string
  inbox_address: string
  customer: { customer_id: string; contact_id: string; address: string; full_name: string }
  /** In the team. */
  agent: TestMember
  lead: TestMember
  /** In another team only. */
  outsider: TestMember
  manager: TestMember
  administrator: TestMember
  executive: TestMember
}

const PEOPLE = {
  agent: { full_name: 'Ada Agent', role: 'support_agent' },
  lead: { full_name: 'Leo Lead', role: 'team_lead' },
  outsider: { full_name: 'Olga Outsider', role: 'support_agent' },
  manager: { full_name: 'Mia Manager', role: 'manager' },
  administrator: { full_name: 'Adam Administrator', role: 'system_administrator' },
  executive: { full_name: 'Eve Executive', role: 'executive' },
} as const satisfies Record<string, { full_name: string; role: StaffRole }>

export async function foundCompany({ database, identity }: Tessera, time_zone = 'Europe/Berlin'): Promise<TestCompany> {
  const domain = `${randomUUIDv7()}.test`
  const { company_id } = await createCompany(database, { name: 'Acme', time_zone })
  const made = await transact(database, { company_id, access: 'write' }, async (tx) => {
    const system = await systemActor(tx)
    const ids = new Map<string, string>()
    for (const [name, person] of Object.entries(PEOPLE)) {
      const { id } = await createUser(tx, system, { ...person, email: `${name}@${domain}`, identity_id: null })
      ids.set(name, id)
    }
    const member_ids = ['agent', 'lead'].flatMap((name) => ids.get(name) ?? [])
    const team = await createTeam(tx, system, { name: 'Support', member_ids })
    const other = await createTeam(tx, system, { name: 'Billing', member_ids: [ids.get('outsider') ?? ''] })
    const inbox_address = `support@${domain}`
    const inbox = await createInbox(tx, system, { name: 'Support', address: inbox_address, team_id: team.id })
    const correspondent = { address: `clara@customer.${domain}`, full_name: 'Clara Customer' }
    const contact = await findOrCreateContact(tx, correspondent)
    return {
      ids,
      rest: {
        team_id: team.id,
        other_team_id: other.id,
        inbox_id: inbox.id,
        inbox_address,
        customer: { ...contact, ...correspondent },
      },
    }
  })

  async function member(name: keyof typeof PEOPLE): Promise<TestMember> {
    const user_id = made.ids.get(name) ?? ''
    const { role, full_name } = PEOPLE[name]
    const { token } = await identity.issueToken({ user_id, company_id, role }, { ttl: 24 * 60 * 60 })
    return { user_id, email: `${name}@${domain}`, full_name, role, token }
  }

  return {
    company_id,
    ...made.rest,
    agent: await member('agent'),
    lead: await member('lead'),
    outsider: await member('outsider'),
    manager: await member('manager'),
    administrator: await member('administrator'),
    executive: await member('executive'),
  }
}
