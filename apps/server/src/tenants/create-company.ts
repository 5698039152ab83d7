import { ROLE_PERMISSIONS } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import { type Db, type Tx, transact } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'
import { requireTimeZone } from './require-time-zone.ts'

interface NewCompany {
  name: string
  /** An IANA name such as `Europe/Berlin`. */
  time_zone: string
}

/** RFC 2606: nothing can be delivered there. */
const SYSTEM_ADDRESS = 'system@tessera.invalid'

/**
 * Makes a company with its system user, and what `furnish` adds to it, or nothing at all. The id is made here, for a
 * transaction is bound to its company from the start.
 */
export async function createCompany(database: Db, company: NewCompany): Promise<{ company_id: string }>
export async function createCompany<T>(
  database: Db,
  company: NewCompany,
  furnish: (tx: Tx, system: Actor) => Promise<T>,
): Promise<{ company_id: string } & T>
export async function createCompany<T>(
  database: Db,
  company: NewCompany,
  furnish?: (tx: Tx, system: Actor) => Promise<T>,
) {
  const company_id = newId()
  return transact(database, { company_id, access: 'write' }, async (tx) => {
    const system = await found(tx, company)
    return { company_id, ...(await furnish?.(tx, system)) }
  })
}

async function found(tx: Tx, { name, time_zone }: NewCompany): Promise<Actor> {
  requireTimeZone('time_zone', time_zone)
  const { company_id, now } = tx
  const times = { created_at: now, updated_at: now }
  await tx.db
    .insertInto('companies')
    .values({ id: company_id, name, time_zone, ...times })
    .execute()
  const user_id = newId()
  await tx.db
    .insertInto('users')
    .values({ company_id, id: user_id, full_name: 'Tessera', email: SYSTEM_ADDRESS, role: 'system', ...times })
    .execute()
  const system: Actor = {
    user_id,
    company_id,
    role: 'system',
    permissions: new Set(ROLE_PERMISSIONS.system),
    team_ids: [],
    request_id: null,
    ip_address: null,
  }
  await record(tx, system, { event: 'company.created', data: { name } })
  return system
}
