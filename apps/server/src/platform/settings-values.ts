import { isIP } from 'node:net'
import { isAbsolute, resolve } from 'node:path'

/**
 * A way to read one setting: the trimmed text in, its value out. What it throws completes the sentence
 * “NAME must be …, but it is …”; `secret` values are never repeated in that sentence.
 */
export interface Kind<T> {
  mustBe: string
  secret?: boolean
  /** `undefined` where the text is not of this kind. */
  parse(text: string): T | undefined
}

export const port: Kind<number> = {
  mustBe: 'a port number from 1 to 65535, or 0 for any free one',
  parse: (text) => wholeNumber(text, 0, 65_535),
}

export const host: Kind<string> = {
  mustBe: 'an IP address or a host name such as 127.0.0.1 or 0.0.0.0',
  parse: (text) => (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
}

export const directory: Kind<string> = {
  mustBe: 'the path of a directory',
  parse: (text) => (text.includes('\0') ? undefined : isAbsolute(text) ? text : resolve(text)),
}

/** An origin without a trailing slash, as links in mails and redirects begin with it. */
export const origin: Kind<string> = {
  mustBe: 'the address people open in the browser, such as https://desk.example.com, without a path',
  parse(text) {
    const url = urlWith(text, ['http:', 'https:'])
    const bare =
      url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    return bare ? url.origin : undefined
  },
}

export const databaseUrl: Kind<string> = {
  mustBe: 'an address such as postgres://user:password@host:5432/tessera',
  secret: true,
  parse: (text) => (urlWith(text, ['postgres:', 'postgresql:']) === undefined ? undefined : text),
}

export const smtpUrl: Kind<string> = {
  mustBe: 'an address such as smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com',
  secret: true,
  parse(text) {
    const url = urlWith(text, ['smtp:', 'smtps:'])
    return url === undefined || url.hostname === '' ? undefined : text
  },
}

/** 32 bytes, as 64 hexadecimal digits or as base64 of either alphabet. */
export const secretKey: Kind<Buffer> = {
  mustBe: '32 random bytes, as 64 hexadecimal digits or 44 characters of base64 (`openssl rand -hex 32` makes one)',
  secret: true,
  parse(text) {
    if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
    if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64')
    return undefined
  },
}

export function bytes(min: number, max: number): Kind<number> {
  return { mustBe: `a number of bytes from ${min} to ${max}`, parse: (text) => wholeNumber(text, min, max) }
}

export function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  const last = values.at(-1)
  return {
    mustBe: `${values.slice(0, -1).join(', ')} or ${last}`,
    parse: (text) => values.find((value) => value === text),
  }
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

function urlWith(text: string, protocols: readonly string[]): URL | undefined {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol) ? url : undefined
}
