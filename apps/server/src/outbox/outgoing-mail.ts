import type { OutgoingMail } from '../platform/mail-transport/index.ts'
import { OWN_MAIL_HEADER, ownMailToken } from './domain/own-mail.ts'
import { replyAddress } from './domain/reply-address.ts'
import type { OutboundRow } from './tables.ts'

/** RFC 3834, section 5, and what Exchange understands instead: nobody's machine is to answer this mail. */
const NO_ANSWER_BY_MACHINE = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' }

/** The mail a row stands for. The same row makes the same mail, every time. */
export function outgoingMail(secret: Buffer, row: OutboundRow): OutgoingMail {
  const { from_name, from_email } = row
  return {
    message_id: row.message_id,
    date: row.created_at,
    from: { name: from_name, address: from_email },
    reply_to: { name: from_name, address: replyAddress(secret, from_email, row.ticket_id) },
    to: row.to_emails,
    cc: row.cc_emails,
    subject: row.subject,
    in_reply_to: row.in_reply_to,
    references: row.reference_ids,
    headers: {
      [OWN_MAIL_HEADER]: ownMailToken(secret, row.id),
      ...(row.purpose === 'acknowledgement' && NO_ANSWER_BY_MACHINE),
    },
    text: row.body_text,
  }
}
