import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'

export interface ContactRef {
  customer_id: string
  contact_id: string
}

export interface Correspondent {
  address: string
  full_name: string
}

async function findContactByAddress(tx: Tx, address: string): Promise<ContactRef | undefined> {
  return await tx.db
    .selectFrom('contact_addresses as a')
    .innerJoin('contacts as c', (join) =>
      join.onRef('c.company_id', '=', 'a.company_id').onRef('c.id', '=', 'a.contact_id'),
    )
    .select(['c.customer_id', 'c.id as contact_id'])
    .where('a.company_id', '=', tx.company_id)
    .where('a.address', '=', address.toLowerCase())
    .executeTakeFirst()
}

/**
 * The contact behind an address; where it is unknown, a new customer with one contact. Two mails of the same stranger
 * at once wait for each other, so that they make one customer.
 */
export async function findOrCreateContact(tx: Tx, { address, full_name }: Correspondent): Promise<ContactRef> {
  const known = await findContactByAddress(tx, address)
  if (known) return known
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.company_id}/${address.toLowerCase()}`}, 0))`.execute(
    tx.db,
  )
  return (await findContactByAddress(tx, address)) ?? (await createContact(tx, { address, full_name }))
}

async function createContact(tx: Tx, { address, full_name }: Correspondent): Promise<ContactRef> {
  const { company_id, now } = tx
  const customer_id = newId()
  const contact_id = newId()
  const name = full_name.trim().slice(0, 200) || address
  const made = { company_id, created_at: now, updated_at: now }
  await tx.db
    .insertInto('customers')
    .values({ ...made, id: customer_id, name })
    .execute()
  await tx.db
    .insertInto('contacts')
    .values({ ...made, id: contact_id, customer_id, full_name: name })
    .execute()
  await tx.db
    .insertInto('contact_addresses')
    .values({ company_id, address: address.toLowerCase(), contact_id, created_at: now })
    .execute()
  return { customer_id, contact_id }
}
