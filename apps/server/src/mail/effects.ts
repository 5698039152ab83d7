import { receiveReply } from '../activities/index.ts'
import { systemActor } from '../agents/index.ts'
import { findOrCreateContact } from '../customers/index.ts'
import { readInbox } from '../inboxes/index.ts'
import { queueAcknowledgement } from '../outbox/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { createTicket, findTicket, type OpeningMessage } from '../tickets/index.ts'
import type { ClassifiedMail } from './domain/classify.ts'
import type { MailAddress, ParsedMail } from './domain/parsed-mail.ts'
import { splitReply } from './domain/reply-text.ts'
import { cut } from './domain/storable.ts'
import type { Outcome } from './ledger.ts'
import type { MailMessageRow } from './tables.ts'

/** A mail with what was found out about it. */
export interface UnderstoodMail {
  row: MailMessageRow
  mail: ParsedMail
  author: MailAddress | null
  kind: ClassifiedMail
  threading_reason: string
}

const MAX_SUBJECT = 200
const MAX_CUSTOMER_NAME = 200

/** Adds a mail to the conversation of its ticket; what no person wrote stays inside and wakes nobody. */
export async function addToTicket(tx: Tx, ticket_id: string, understood: UnderstoodMail): Promise<Outcome> {
  const { author, kind, threading_reason } = understood
  const ticket = await findTicket(tx, { id: ticket_id })
  if (!ticket) throw new Error(`The ticket ${ticket_id} was there a moment ago.`)
  const from_person = kind.stands_alone
  const customer_id = from_person && author ? (await contactOf(tx, author)).customer_id : null
  const { text, message } = content(understood, customer_id)
  const actor = await systemActor(tx)
  const { activity_id, reopened } = await receiveReply(tx, actor, ticket, { ...message, text, from_person })
  const notes = [from_person ? null : kind.why, reopened ? `It reopened ${ticket.ticket_number}.` : null]
  return { state: 'reply', reason: sentences(threading_reason, ...notes), ticket_id, activity_id }
}

/** Makes a ticket of a mail for the team of its inbox, and tells its author so if that is a person. */
export async function openTicket(tx: Tx, understood: UnderstoodMail & { author: MailAddress }): Promise<Outcome> {
  const { row, mail, author, kind, threading_reason } = understood
  const { customer_id, contact_id } = await contactOf(tx, author)
  const { text, message } = content(understood, customer_id)
  const inbox = await readInbox(tx, row.inbox_id)
  const { ticket, activity_id } = await createTicket(tx, await systemActor(tx), {
    subject: cut(mail.subject, MAX_SUBJECT) || '(no subject)',
    description: text,
    customer_id,
    contact_id,
    priority: 'normal',
    ticket_type: 'question',
    source_channel: 'email',
    sla_category: 'standard',
    team_id: inbox.team_id,
    inbox_id: inbox.id,
    assigned_to_user_id: null,
    opening: message,
  })
  const acknowledgement = { ticket, to_email: author.address, in_reply_to: mail.message_id }
  const silence = kind.classification === 'person' ? await acknowledge(tx, acknowledgement) : kind.why
  const note = silence && `No acknowledgement was sent: ${silence}`
  return { state: 'ticket', reason: sentences(threading_reason, note), ticket_id: ticket.id, activity_id }
}

/** Null where it was sent, else why it was not. */
async function acknowledge(
  tx: Tx,
  acknowledgement: Parameters<typeof queueAcknowledgement>[1],
): Promise<string | null> {
  const sent = await queueAcknowledgement(tx, acknowledgement)
  return sent === null ? `${acknowledgement.to_email} was sent enough of them within the hour.` : null
}

async function contactOf(tx: Tx, { address, name }: MailAddress) {
  return await findOrCreateContact(tx, { address, full_name: name || cut(address, MAX_CUSTOMER_NAME) })
}

/** Only what a person wrote is parted: a report without what it quotes says nothing. */
function content({ row, mail, author, kind, threading_reason }: UnderstoodMail, customer_id: string | null) {
  const whole = { text: mail.text, quoted_text: null }
  const { text, quoted_text } = kind.stands_alone ? splitReply(mail.text) : whole
  const message: OpeningMessage = {
    activity_type: 'email',
    customer_id,
    quoted_text,
    body_html: mail.html,
    from_email: author?.address ?? null,
    to_emails: mail.to,
    cc_emails: mail.cc,
    attachments: mail.attachments,
    mail_message_id: row.id,
    threading_reason,
  }
  return { text: text || '(no text)', message }
}

function sentences(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ')
}
