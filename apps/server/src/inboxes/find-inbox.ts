import type { Selectable } from 'kysely'
import type { Database, Db, Tx } from '../platform/db/index.ts'
import { DomainError, notFound } from '../platform/errors.ts'

export type InboxRow = Selectable<Database['inboxes']>

export interface InboxRef {
  company_id: string
  inbox_id: string
}

/**
 * The active inbox, of whatever company, that mail to `address` is for: that very address, or `local@domain` for
 * `local+anything@domain`, the longest that exists. Case does not count.
 */
export async function findInboxByAddress(database: Db, address: string): Promise<InboxRef | undefined> {
  const { rows } = await database.system.query<InboxRef>({
    name: 'tessera_inbox_by_address',
    text: `select company_id, id as inbox_id from inboxes
           where address = any($1::text[]) and is_active order by length(address) desc limit 1`,
    values: [withoutTags(address.toLowerCase())],
  })
  return rows[0]
}

/** `a+b+c@d` may be for `a+b+c@d`, `a+b@d` or `a@d`. */
function withoutTags(address: string): string[] {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at)
  const [first = '', ...tags] = address.slice(0, at).split('+')
  const addresses = [first + domain]
  let local = first
  for (const tag of tags) {
    local += `+${tag}`
    addresses.push(local + domain)
  }
  return addresses
}

export async function readInbox(tx: Tx, id: string): Promise<InboxRow> {
  const inbox = await ofCompany(tx).where('id', '=', id).executeTakeFirst()
  if (!inbox) throw notFound('inbox')
  return inbox
}

/** The inbox that mail about a ticket is sent from: the ticket's own, or the company's oldest where it came by another way. */
export async function readSendingInbox(tx: Tx, inbox_id: string | null): Promise<InboxRow> {
  if (inbox_id !== null) return await readInbox(tx, inbox_id)
  const inbox = await ofCompany(tx).where('is_active', '=', true).orderBy('id').limit(1).executeTakeFirst()
  if (!inbox) throw new DomainError('conflict', 'There is no inbox to send mail from: open one first.')
  return inbox
}

function ofCompany(tx: Tx) {
  return tx.db.selectFrom('inboxes').selectAll().where('company_id', '=', tx.company_id)
}
