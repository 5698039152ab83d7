import type { AddressObject, EmailAddress, HeaderLines, Headers } from 'mailparser'
import type { MailAddress } from './parsed-mail.ts'
import { storable, storableLine } from './storable.ts'

const MAX_ADDRESS = 254
const MAX_NAME = 200
const MAX_RECIPIENTS = 200
const MAX_MESSAGE_ID = 998
const MAX_IDS = 100
const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u

/** The first of each header by its lower-case name, unfolded (RFC 5322, section 2.2.3). */
export function firstHeaders(lines: HeaderLines): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const { key, line } of lines) {
    if (headers.has(key)) continue
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '')
    headers.set(key, storable(value).trim())
  }
  return headers
}

/** The mailboxes of an address header, groups resolved, in lower case; what could not be one is left out. */
export function mailboxes(headers: Headers, name: 'from' | 'sender' | 'reply-to' | 'to' | 'cc'): MailAddress[] {
  const value = headers.get(name)
  const found: MailAddress[] = []
  for (const list of Array.isArray(value) ? value : [value]) {
    if (isAddressList(list)) collect(list.value, found)
  }
  return found.slice(0, MAX_RECIPIENTS)
}

/** The address in lower case, or null where it could not be one. */
export function mailbox(text: string): string | null {
  const address = storable(text).trim().toLowerCase()
  return address.length <= MAX_ADDRESS && ADDRESS.test(address) ? address : null
}

/**
 * The message ids of a header (RFC 5322, section 3.6.4), each with its angle brackets. Lenient: an id folded in its
 * middle is joined again, and one without brackets is taken if it looks like one.
 */
export function messageIds(value: string | undefined): string[] {
  if (!value) return []
  const bracketed = value.match(/<[^<>]*>/g) ?? value.split(/[\s,]+/).map((word) => `<${word}>`)
  const ids = bracketed.map((id) => id.replace(/\s+/g, '')).filter(isMessageId)
  const distinct = [...new Set(ids)]
  return distinct.length <= MAX_IDS ? distinct : [...distinct.slice(0, 1), ...distinct.slice(1 - MAX_IDS)]
}

function isMessageId(id: string): boolean {
  return id.length <= MAX_MESSAGE_ID && id.includes('@')
}

function collect(entries: readonly EmailAddress[], found: MailAddress[]): void {
  for (const { address, name, group } of entries) {
    if (group) collect(group, found)
    const usable = address ? mailbox(address) : null
    if (usable) found.push({ address: usable, name: storableLine(name, MAX_NAME) })
  }
}

function isAddressList(value: unknown): value is AddressObject {
  return typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
}
