import { sql } from 'kysely'
import { ticketOfReplyAddress } from '../outbox/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { findTicket, type TicketRow } from '../tickets/index.ts'
import type { ParsedMail } from './domain/parsed-mail.ts'
import { numbersInSubject, type Pointer, type TicketFacts, type Way } from './domain/thread.ts'

export interface PointerSources {
  mail: ParsedMail
  envelope_to: readonly string[]
  /** Lower case; null where the mail names no sender. */
  sender: string | null
  /** Whether a mail system wrote it about a mail of ours: it proves its part by naming that mail. */
  is_report: boolean
  secretKey: Buffer
}

/** Every way in which a mail points to a ticket of the company, with whether its sender has a part in that ticket. */
export async function findPointers(tx: Tx, sources: PointerSources): Promise<Pointer[]> {
  const pointers: Pointer[] = []
  for (const [way, ticket] of await findTickets(tx, sources)) {
    const proved = sources.is_report && way === 'own_message_id'
    const takes_part = proved || (sources.sender !== null && (await takesPart(tx, ticket, sources.sender)))
    pointers.push({ way, ticket: facts(ticket), takes_part })
  }
  return pointers
}

/** The first ticket of each way, and every one that the subject names. */
async function findTickets(tx: Tx, sources: PointerSources): Promise<[Way, TicketRow][]> {
  const { mail, envelope_to, secretKey } = sources
  const found: [Way, TicketRow][] = []
  async function add(way: Way, by: Parameters<typeof findTicket>[1] | null): Promise<void> {
    const ticket = by && (await findTicket(tx, by))
    if (ticket) found.push([way, ticket])
  }
  const signed = [...envelope_to, ...mail.to, ...mail.cc].map((address) => ticketOfReplyAddress(secretKey, address))
  const signed_id = signed.find((id) => id !== null)
  await add('reply_address', signed_id ? { id: signed_id } : null)
  // The mail that is answered comes first, then the rest of the conversation from its end.
  const named = [...mail.in_reply_to, ...mail.references.toReversed()]
  const ids = sources.is_report ? [...named, ...mail.reported_message_ids] : named
  if (ids.length > 0) {
    await add('own_message_id', await ticketOf(tx, 'outbound_messages', ids))
    await add('known_message_id', await ticketOf(tx, 'mail_messages', ids))
  }
  for (const ticket_number of numbersInSubject(mail.subject)) await add('subject_token', { ticket_number })
  return found
}

async function ticketOf(
  tx: Tx,
  table: 'outbound_messages' | 'mail_messages',
  ids: readonly string[],
): Promise<{ id: string } | null> {
  const known = await tx.db
    .selectFrom(table)
    .select('ticket_id as id')
    .where('company_id', '=', tx.company_id)
    .where('message_id', 'in', ids)
    .where('ticket_id', 'is not', null)
    .orderBy(sql`array_position(${ids}::text[], message_id)`)
    .limit(1)
    .executeTakeFirst()
  return known?.id ? { id: known.id } : null
}

/** Whether an address is one of the ticket's customer or was written to or from in its conversation. */
async function takesPart(tx: Tx, ticket: TicketRow, address: string): Promise<boolean> {
  const { rows } = await sql<{ takes_part: boolean }>`
    select exists (
      select from contact_addresses a
      join contacts c on c.company_id = a.company_id and c.id = a.contact_id
      where a.company_id = ${tx.company_id} and a.address = ${address} and c.customer_id = ${ticket.customer_id}
    ) or exists (
      select from crm_ticket_activities a,
        jsonb_array_elements_text(jsonb_build_array(from_email) || to_emails || cc_emails || bcc_emails) as participant
      where a.company_id = ${tx.company_id} and a.ticket_id = ${ticket.id}
        and not a.is_internal and not a.is_deleted and lower(participant) = ${address}
    ) as takes_part`.execute(tx.db)
  return rows[0]?.takes_part ?? false
}

function facts({ id, ticket_number, status, resolution_date, updated_at }: TicketRow): TicketFacts {
  const is_done = status === 'resolved' || status === 'closed'
  return { id, ticket_number, status, done_since: is_done ? (resolution_date ?? updated_at) : null }
}
