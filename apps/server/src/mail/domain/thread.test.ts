import { describe, expect, it } from 'vitest'
import { decideThread, numbersInSubject, type Pointer, type TicketFacts, type Way } from './thread.ts'

const NOW = '2026-03-20T12:00:00.000Z'
const CONTEXT = { sender: 'anna@example.com', now: NOW, reopen_window_days: 14 }

function ticket(number: string, facts: Partial<TicketFacts> = {}): TicketFacts {
  return { id: number, ticket_number: number, status: 'in_progress', done_since: null, ...facts }
}

function pointer(way: Way, of: TicketFacts, takes_part = true): Pointer {
  return { way, ticket: of, takes_part }
}

const A = ticket('TKT-2026-000001')
const B = ticket('TKT-2026-000002')

describe('a mail belongs to the ticket that it points to, and the reason says how', () => {
  it.each<[Way, string]>([
    ['reply_address', 'Reply: it was sent to the reply address of TKT-2026-000001.'],
    ['own_message_id', 'Reply: it answers a mail of ours about TKT-2026-000001.'],
    ['known_message_id', 'Reply: it answers an earlier mail of TKT-2026-000001.'],
    ['subject_token', 'Reply: its subject names TKT-2026-000001.'],
  ])('by its %s', (way, reason) => {
    expect(decideThread([pointer(way, A)], CONTEXT)).toEqual({ ticket: A, reason })
  })
})

it('weighs the ways in their order, whatever order they were found in', () => {
  const pointers = [pointer('subject_token', B), pointer('known_message_id', B), pointer('own_message_id', A)]
  expect(decideThread(pointers, CONTEXT).ticket).toBe(A)
  expect(decideThread([...pointers, pointer('reply_address', B)], CONTEXT).ticket).toBe(B)
})

it('opens a new ticket where a mail points to none', () => {
  expect(decideThread([], CONTEXT)).toEqual({
    ticket: null,
    reason: 'New ticket: it refers to no ticket that is known here.',
  })
})

it.each<Way>(['own_message_id', 'known_message_id', 'subject_token'])(
  'opens a new ticket for a stranger who forges the %s, and says so',
  (way) => {
    const { ticket: found, reason } = decideThread([pointer(way, A, false)], CONTEXT)
    expect(found).toBeNull()
    expect(reason).toMatch(/^New ticket: it.*TKT-2026-000001, but anna@example.com has no part in TKT-2026-000001\.$/)
  },
)

it('believes the signed reply address whoever writes to it', () => {
  expect(decideThread([pointer('reply_address', A, false)], CONTEXT).ticket).toBe(A)
})

it('takes a weaker way to a ticket of the sender where a stronger one leads to a ticket of others', () => {
  const pointers = [pointer('own_message_id', A, false), pointer('subject_token', B)]
  expect(decideThread(pointers, CONTEXT)).toEqual({ ticket: B, reason: 'Reply: its subject names TKT-2026-000002.' })
})

describe('a ticket that is done takes replies within the reopening window, to its last moment', () => {
  it.each([
    ['resolved', '2026-03-06T12:00:00.000Z', true],
    ['closed', '2026-03-06T12:00:00.000Z', true],
    ['resolved', '2026-03-06T11:59:59.999Z', false],
    ['closed', '2026-01-01T00:00:00.000Z', false],
  ] as const)('%s since %s: %s', (status, done_since, belongs) => {
    const done = ticket('TKT-2026-000001', { status, done_since })
    const thread = decideThread([pointer('own_message_id', done)], CONTEXT)
    expect(thread.ticket).toBe(belongs ? done : null)
    if (!belongs) {
      expect(thread.reason).toBe(
        `New ticket: it answers a mail of ours about TKT-2026-000001, but TKT-2026-000001 was ${status} more than 14 days ago.`,
      )
    }
  })

  it('never where the company reopens nothing', () => {
    const done = ticket('TKT-2026-000001', { status: 'resolved', done_since: '2026-03-20T11:59:00.000Z' })
    expect(decideThread([pointer('reply_address', done)], { ...CONTEXT, reopen_window_days: 0 }).ticket).toBeNull()
  })
})

it.each([
  ['Re: Printer [TKT-2026-000123]', ['TKT-2026-000123']],
  ['AW: [tkt-2026-000123] Printer [HELP-2025-1234567]', ['TKT-2026-000123', 'HELP-2025-1234567']],
  ['TKT-2026-000123 without brackets', []],
  ['[TKT-2026-12] [TKT-26-000123] [2026-000123] []', []],
  ['', []],
])('finds the ticket numbers of “%s”', (subject, numbers) => {
  expect(numbersInSubject(subject)).toEqual(numbers)
})
