export interface EarlierMessage {
  message_id: string
  direction: 'received' | 'sent'
}

export interface ThreadHeaders {
  in_reply_to: string | null
  references: string[]
}

/** Enough for every mail program to find the conversation; the first message and the latest ones are kept. */
const MOST_REFERENCES = 20
/** Far below the longest line that RFC 5322 allows; what others call a Message-ID may be anything. */
const PLAUSIBLE = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/

/**
 * In-Reply-To and References (RFC 5322, section 3.6.4) of the next mail about a ticket. It answers the customer's
 * latest message, or where there is none our own latest; References names the conversation in order and ends with the one
 * that is answered.
 * @param earlier the ticket's messages, oldest first; their ids with or without angle brackets
 */
export function threadHeaders(earlier: readonly EarlierMessage[]): ThreadHeaders {
  const known = earlier
    .map(({ message_id, direction }) => ({ id: bracketed(message_id), direction }))
    .filter(({ id }) => PLAUSIBLE.test(id))
  const answered = known.findLast(({ direction }) => direction === 'received') ?? known.at(-1)
  if (!answered) return { in_reply_to: null, references: [] }
  const others = new Set(known.map(({ id }) => id))
  others.delete(answered.id)
  return { in_reply_to: answered.id, references: bounded([...others, answered.id]) }
}

function bracketed(message_id: string): string {
  const id = message_id.trim()
  return id.startsWith('<') ? id : `<${id}>`
}

function bounded(ids: string[]): string[] {
  return ids.length <= MOST_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MOST_REFERENCES)]
}
