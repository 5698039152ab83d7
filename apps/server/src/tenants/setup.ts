import type { SetupBody } from '@tessera/contract'
import { createTeam, createUser } from '../agents/index.ts'
import { createIdentity } from '../identity/index.ts'
import { createInbox } from '../inboxes/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Db, Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { createCompany } from './create-company.ts'
import { requireTimeZone } from './require-time-zone.ts'
import { isSetupRequired, redeemSetupToken } from './setup-token.ts'

interface FirstCompany {
  company_id: string
  user_id: string
  inbox_id: string
}

/** Where the request came from, for the audit trail. */
type Origin = Pick<Actor, 'request_id' | 'ip_address'>

const FIRST_TEAM = 'Support'

/** The first company with all it needs to receive its first mail, in one transaction with the token it uses up. */
export async function completeSetup(database: Db, body: SetupBody, origin: Origin): Promise<FirstCompany> {
  if (!(await isSetupRequired(database))) throw alreadyDone()
  requireTimeZone('company.time_zone', body.company.time_zone)
  try {
    return await createCompany(database, body.company, (tx, system) => furnish(tx, { ...system, ...origin }, body))
  } catch (error) {
    // Whoever lost a race with another wizard hears what happened, not that their token is wrong.
    if (isRefusal(error, 'forbidden') && !(await isSetupRequired(database))) throw alreadyDone()
    throw error
  }
}

async function furnish(tx: Tx, system: Actor, { token, administrator, inbox }: SetupBody) {
  if (!(await redeemSetupToken(tx, token))) {
    throw new DomainError('forbidden', 'This set-up link is not valid: use the one that the last start printed.')
  }
  const user = await named('administrator', () => createAdministrator(tx, system, administrator))
  const team = await createTeam(tx, system, { name: FIRST_TEAM, member_ids: [user.id] })
  const { id } = await named('inbox', () => createInbox(tx, system, { ...inbox, team_id: team.id }))
  return { user_id: user.id, inbox_id: id }
}

async function createAdministrator(tx: Tx, system: Actor, { full_name, email, password }: SetupBody['administrator']) {
  const { identity_id, created } = await createIdentity(tx, { full_name, email, password })
  // Without a company nobody is known to own it, and the password that was typed would not be theirs.
  if (!created) throw new DomainError('address_taken', `${email} signs in here already.`, { email: ['is taken'] })
  return createUser(tx, system, { full_name, email, role: 'system_administrator', identity_id })
}

function alreadyDone(): DomainError {
  return new DomainError('setup_already_done', 'This installation is set up already: sign in.')
}

function isRefusal(error: unknown, code: DomainError['code']): boolean {
  return error instanceof DomainError && error.code === code
}

/** Runs a command on one part of the body: the fields that it finds wrong are named by their full path. */
async function named<T>(part: keyof SetupBody, command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const details = Object.entries(error.details).map(([field, problems]) => [`${part}.${field}`, problems])
    throw new DomainError(error.code, error.message, Object.fromEntries(details))
  }
}
