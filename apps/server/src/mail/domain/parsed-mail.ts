import type { ActivityAttachment } from '@tessera/contract'
import type { Static } from 'typebox'

export interface MailAddress {
  /** Lower case. */
  address: string
  /** Empty where the mail gave none. */
  name: string
}

/** What a mail says, ready to be stored; plain data, so that it could be made in another thread. */
export interface ParsedMail {
  /** With its angle brackets, as are all ids here. */
  message_id: string | null
  in_reply_to: string[]
  /** Oldest first. */
  references: string[]
  /** The first author; null where the mail names none that could be an address. */
  from: MailAddress | null
  /** Where the author wants to be answered; null where that is not said. */
  reply_to: MailAddress | null
  to: string[]
  cc: string[]
  /** Empty where there is none. */
  subject: string
  /** The text part, or the text of the HTML where there is no text part; empty where there is neither. */
  text: string
  /** The Message-IDs that its body holds, in the order in which they stand: of the mails that a report is about. */
  reported_message_ids: string[]
  /** Sanitised. */
  html: string | null
  attachments: Static<typeof ActivityAttachment>[]
  /** Whether it is an invitation or an answer to one, rather than a mail with a calendar file attached. */
  is_calendar: boolean
  /** The header by lower-case name, unfolded and undecoded; the first one where it is repeated. */
  headers: ReadonlyMap<string, string>
}

/** The mail cannot be understood; `message` says why, in words for an administrator. */
export class ParseFailure extends Error {
  override name = 'ParseFailure'
}
