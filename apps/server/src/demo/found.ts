import { ROLE_PERMISSIONS } from '@tessera/contract'
import { createTeam, createUser } from '../agents/index.ts'
import { createIdentity, generatePassword } from '../identity/index.ts'
import { createInbox } from '../inboxes/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { INBOXES, PEOPLE, type Person, TEAMS, type TeamName } from './staff.ts'

/** The demo company's own people and places, by the names that the demo has for them. */
export interface Founded {
  system: Actor
  actor(person: Person): Actor
  team_id(name: TeamName): string
  inbox_id(address: string): string
  /** Of those who sign in; null where the address signs in here already and keeps its password. */
  passwords: ReadonlyMap<Person, string | null>
}

/** Makes people, teams and inboxes. @throws DomainError `address_taken` where an inbox's address is in use. */
export async function found(tx: Tx, system: Actor): Promise<Founded> {
  const passwords = new Map<Person, string | null>()
  const user_ids = new Map<Person, string>()
  for (const person of PEOPLE) {
    const identity_id = person.signs_in ? await letSignIn(tx, person, passwords) : null
    const { full_name, email, role } = person
    user_ids.set(person, (await createUser(tx, system, { full_name, email, role, identity_id })).id)
  }
  const team_ids = new Map<string, string>()
  for (const name of TEAMS) {
    const members = PEOPLE.filter(({ teams }) => teams.includes(name))
    const member_ids = members.map((person) => known(user_ids, person))
    team_ids.set(name, (await createTeam(tx, system, { name, member_ids })).id)
  }
  const inbox_ids = new Map<string, string>()
  for (const { name, address, team } of INBOXES) {
    inbox_ids.set(address, (await createInbox(tx, system, { name, address, team_id: known(team_ids, team) })).id)
  }
  return {
    system,
    actor: (person) => ({
      user_id: known(user_ids, person),
      company_id: tx.company_id,
      role: person.role,
      permissions: new Set(ROLE_PERMISSIONS[person.role]),
      team_ids: person.teams.map((name) => known(team_ids, name)),
      request_id: null,
      ip_address: null,
    }),
    team_id: (name) => known(team_ids, name),
    inbox_id: (address) => known(inbox_ids, address),
    passwords,
  }
}

async function letSignIn(tx: Tx, person: Person, passwords: Map<Person, string | null>): Promise<string> {
  const { email, full_name } = person
  const password = generatePassword()
  const { identity_id, created } = await createIdentity(tx, { email, full_name, password })
  passwords.set(person, created ? password : null)
  return identity_id
}

function known<K>(ids: ReadonlyMap<K, string>, key: K): string {
  const id = ids.get(key)
  if (!id) throw new Error(`The demo company has nothing of this name: ${JSON.stringify(key)}.`)
  return id
}
