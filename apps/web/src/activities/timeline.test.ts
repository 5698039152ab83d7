import type { Activity, TicketEvent } from '@tessera/contract'
import { expect, test } from 'vitest'
import { voiceOf, weave } from './timeline.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 3, 9, minute)).toISOString()
const activity = (id: string, minute: number) => ({ id, created_at: at(minute) }) as Activity
const event = (id: string, minute: number, name = 'support_ticket.updated') =>
  ({ id, event: name, occurred_at: at(minute), changes: {} }) as unknown as TicketEvent

test('messages and changes stand in the order in which they happened, neighbouring changes folded into one', () => {
  const items = weave([activity('a2', 9), activity('a1', 1)], [event('e3', 12), event('e1', 3), event('e2', 4)])
  expect(items.map((item) => (item.kind === 'activity' ? item.id : item.events.map(({ id }) => id)))).toEqual([
    'a1',
    ['e1', 'e2'],
    'a2',
    ['e3'],
  ])
})

test('what a message tells itself is not told again as a change', () => {
  expect(weave([], [event('e1', 1, 'ticket.activity.created'), event('e2', 2, 'mail.delivery_changed')])).toEqual([])
})

test('an internal note is never taken for a reply to the customer', () => {
  const base = { customer_id: null, is_internal: false } as Activity
  expect(voiceOf({ ...base, activity_type: 'email' })).toBe('reply')
  expect(voiceOf({ ...base, activity_type: 'note' })).toBe('note')
  expect(voiceOf({ ...base, activity_type: 'call', is_internal: true })).toBe('note')
  expect(voiceOf({ ...base, activity_type: 'email', customer_id: 'c' })).toBe('customer')
})
