import { randomUUIDv7 } from 'node:crypto'
import { expect, test } from 'vitest'
import { messageIdOf } from './message-id.ts'
import { type EarlierMessage, threadHeaders } from './references.ts'

const received = (message_id: string): EarlierMessage => ({ message_id, direction: 'received' })
const sent = (message_id: string): EarlierMessage => ({ message_id, direction: 'sent' })

test('the first mail about a ticket answers nothing', () => {
  expect(threadHeaders([])).toEqual({ in_reply_to: null, references: [] })
})

test('a reply answers the customer’s latest message and names the whole conversation, the answered one last', () => {
  const earlier = [received('<q1@c>'), sent('<ack@us>'), received('<q2@c>'), sent('<a2@us>')]
  expect(threadHeaders(earlier)).toEqual({
    in_reply_to: '<q2@c>',
    references: ['<q1@c>', '<ack@us>', '<a2@us>', '<q2@c>'],
  })
})

test('where the customer never wrote a mail, a reply continues our own', () => {
  expect(threadHeaders([sent('<a1@us>'), sent('<a2@us>')])).toEqual({
    in_reply_to: '<a2@us>',
    references: ['<a1@us>', '<a2@us>'],
  })
})

test('an id without angle brackets gets them, and one that came twice is named once', () => {
  expect(threadHeaders([received('q1@c'), received(' <q1@c> ')])).toEqual({
    in_reply_to: '<q1@c>',
    references: ['<q1@c>'],
  })
})

test('an id that cannot stand in a header is left out', () => {
  const bad = ['<a b@c>', '<q@c>\r\nBcc: x@y', '<ü@c>', `<${'x'.repeat(300)}@c>`, '', '<>', '<a><b>']
  expect(threadHeaders(bad.map(received))).toEqual({ in_reply_to: null, references: [] })
})

test('a conversation of any length has headers of bounded length, with its first and its latest messages', () => {
  const earlier = Array.from({ length: 500 }, (_, index) => received(`<${index}@c>`))
  const { references } = threadHeaders(earlier)
  expect(references).toHaveLength(20)
  expect(references[0]).toBe('<0@c>')
  expect(references.at(-1)).toBe('<499@c>')
})

test('a Message-ID is the same at every try, and ASCII also for an international domain', () => {
  const id = randomUUIDv7()
  expect(messageIdOf(id, 'support@example.com')).toBe(`<${id}@example.com>`)
  expect(messageIdOf(id, 'hilfe@müller.example')).toBe(`<${id}@xn--mller-kva.example>`)
})
