import { randomBytes, randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outboundMessageOfToken, ownMailToken } from './own-mail.ts'
import { replyAddress, ticketOfReplyAddress } from './reply-address.ts'

const secret = randomBytes(32)
const ticket = randomUUIDv7()
const address = replyAddress(secret, 'support@example.com', ticket)

test('a reply address leads back to its ticket, for every id there is', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(ticketOfReplyAddress(secret, replyAddress(secret, 'support@example.com', id))).toBe(id)
    }),
  )
})

test('a reply address is the inbox with a tag, and its name fits into 64 octets', () => {
  expect(address).toMatch(/^support\+[0-9a-v]{40}@example\.com$/)
  const longest = replyAddress(secret, `${'s'.repeat(23)}@example.com`, ticket)
  expect(longest.indexOf('@')).toBe(64)
  expect(ticketOfReplyAddress(secret, longest)).toBe(ticket)
})

test('a mail system that changes the case of an address does not lose the ticket', () => {
  expect(ticketOfReplyAddress(secret, address.toUpperCase())).toBe(ticket)
})

test('an inbox that has a tag of its own keeps it', () => {
  const tagged = replyAddress(secret, 'support+eu@example.com', ticket)
  expect(tagged).toMatch(/^support\+eu\+/)
  expect(ticketOfReplyAddress(secret, tagged)).toBe(ticket)
})

test('an inbox whose name leaves no room is answered at its plain address', () => {
  const long = `${'s'.repeat(24)}@example.com`
  expect(replyAddress(secret, long, ticket)).toBe(long)
  const multibyte = `${'ü'.repeat(12)}@example.com`
  expect(replyAddress(secret, multibyte, ticket)).toBe(multibyte)
})

test('nobody without the secret can name a ticket', () => {
  expect(ticketOfReplyAddress(randomBytes(32), address)).toBeNull()
  for (let position = 'support+'.length; position < address.indexOf('@'); position++) {
    const other = address[position] === '0' ? '1' : '0'
    const forged = address.slice(0, position) + other + address.slice(position + 1)
    expect(ticketOfReplyAddress(secret, forged)).toBeNull()
  }
})

test('whatever is in an address, reading it never fails', () => {
  for (const text of ['', '@', 'support@example.com', 'support+@example.com', 'support+sales@example.com', '+@', 'x']) {
    expect(ticketOfReplyAddress(secret, text)).toBeNull()
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(ticketOfReplyAddress(secret, text)).toBeNull()
    }),
  )
})

test('our own mail is recognised by its header, and a token of another purpose or installation is not', () => {
  const id = randomUUIDv7()
  expect(outboundMessageOfToken(secret, ` ${ownMailToken(secret, id)} `)).toBe(id)
  expect(outboundMessageOfToken(randomBytes(32), ownMailToken(secret, id))).toBeNull()
  expect(ticketOfReplyAddress(secret, `support+${ownMailToken(secret, id)}@example.com`)).toBeNull()
})
