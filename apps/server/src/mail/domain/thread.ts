import type { TicketStatus } from '@tessera/contract'

/** How a mail points to a ticket, the strongest way first: the order in which they are weighed. */
const WAYS = ['reply_address', 'own_message_id', 'known_message_id', 'subject_token'] as const
export type Way = (typeof WAYS)[number]

export interface TicketFacts {
  id: string
  ticket_number: string
  status: TicketStatus
  /** Since when it is resolved or closed; null where it is neither. */
  done_since: string | null
}

/** A ticket that the mail points to. */
export interface Pointer {
  way: Way
  ticket: TicketFacts
  /** Whether the sender is the ticket's customer or took part in its conversation. */
  takes_part: boolean
}

export interface ThreadContext {
  /** Null where the mail names no sender. */
  sender: string | null
  now: string
  reopen_window_days: number
}

export type Thread = { ticket: TicketFacts; reason: string } | { ticket: null; reason: string }

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Decides which ticket a mail belongs to, and says why. The first way in which it points to a ticket decides, provided that
 * its sender has a part in that ticket: anybody can write a Message-ID or a number into a mail. Our signed reply address
 * needs no such proof, since only those have it whom we gave it. After the reopening window a new ticket is due.
 */
export function decideThread(pointers: readonly Pointer[], context: ThreadContext): Thread {
  const ordered = pointers.toSorted((a, b) => WAYS.indexOf(a.way) - WAYS.indexOf(b.way))
  const [first] = ordered
  if (!first) return { ticket: null, reason: 'New ticket: it refers to no ticket that is known here.' }
  const sender = context.sender ?? 'its sender'
  const found = ordered.find(({ way, takes_part }) => way === 'reply_address' || takes_part)
  if (!found) {
    const { ticket_number } = first.ticket
    return {
      ticket: null,
      reason: `New ticket: ${evidence(first)}, but ${sender} has no part in ${ticket_number}.`,
    }
  }
  const { ticket } = found
  if (isTooLate(ticket, context)) {
    const days = `${context.reopen_window_days} ${context.reopen_window_days === 1 ? 'day' : 'days'}`
    return {
      ticket: null,
      reason: `New ticket: ${evidence(found)}, but ${ticket.ticket_number} was ${ticket.status} more than ${days} ago.`,
    }
  }
  return { ticket, reason: `Reply: ${evidence(found)}.` }
}

function evidence({ way, ticket: { ticket_number } }: Pointer): string {
  switch (way) {
    case 'reply_address':
      return `it was sent to the reply address of ${ticket_number}`
    case 'own_message_id':
      return `it answers a mail of ours about ${ticket_number}`
    case 'known_message_id':
      return `it answers an earlier mail of ${ticket_number}`
    case 'subject_token':
      return `its subject names ${ticket_number}`
  }
}

function isTooLate({ done_since }: TicketFacts, { now, reopen_window_days }: ThreadContext): boolean {
  return done_since !== null && Date.parse(now) - Date.parse(done_since) > reopen_window_days * DAY_MS
}

const TOKEN = /\[([A-Z][A-Z0-9]{0,9}-\d{4}-\d{6,12})\]/gi
const MOST_TOKENS = 5

/** The ticket numbers in square brackets that a subject names, as `[TKT-2026-000123]`. */
export function numbersInSubject(subject: string): string[] {
  const numbers = Array.from(subject.matchAll(TOKEN), ([, number = '']) => number.toUpperCase())
  return [...new Set(numbers)].slice(0, MOST_TOKENS)
}
