import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAILS } from '../testing/corpus.ts'
import { parseMail } from './parse.ts'
import { ParseFailure } from './parsed-mail.ts'

it.each(MAILS)('understands $name', async ({ raw, expected }) => {
  expect(await parseMail(raw)).toMatchObject(expected)
})

it.each(MAILS)('understands of $name only what a database can store', async ({ raw }) => {
  const { headers, ...mail } = await parseMail(raw)
  const text = JSON.stringify({ ...mail, headers: [...headers] })
  expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i)
})

it('says in words why something is no mail', async () => {
  for (const text of ['', '\r\n\r\njust a body', 'GET / HTTP/1.1\r\nHost: acme.test\r\n\r\n', '\x00\x01\x02\xff']) {
    await expect(parseMail(Buffer.from(text))).rejects.toThrow('It has no header of a mail.')
  }
})

it('refuses a mail of more parts than anybody sends', async () => {
  const parts = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(2_000)
  const raw = Buffer.from(
    `From: anna@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
  )
  await expect(parseMail(raw)).rejects.toThrow(ParseFailure)
})

it('refuses a header without end', async () => {
  const raw = Buffer.from(`From: anna@example.com\r\nSubject: ${'x\r\n '.repeat(400_000)}\r\n\r\nx`)
  await expect(parseMail(raw)).rejects.toThrow(ParseFailure)
})

it('takes a hundred levels of nesting', async () => {
  let body = 'Content-Type: text/plain\r\n\r\nDeep down.\r\n'
  for (let level = 0; level < 100; level++) {
    body = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--\r\n`
  }
  const { text } = await parseMail(Buffer.from(`From: anna@example.com\r\n${body}`))
  expect(text).toBe('Deep down.')
})

it('keeps the words of HTML that is made to be slow, quickly', async () => {
  const raw = `From: anna@example.com\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(190_000)}Hello <b>there</b>`
  const before = performance.now()
  expect(await parseMail(Buffer.from(raw))).toMatchObject({ text: 'Hello there', html: null })
  expect(performance.now() - before).toBeLessThan(2_000)
})

it('cuts a text that is too long to read, and says that it goes on', async () => {
  const { text } = await parseMail(Buffer.from(`From: anna@example.com\r\n\r\n${'long '.repeat(100_000)}`))
  expect(text.length).toBeLessThan(201_000)
  expect(text).toMatch(/the rest is in its source/)
})

it('comes to an end, a mail or a ParseFailure, whatever the bytes are', { timeout: 60_000 }, async () => {
  const sources = MAILS.map(({ raw }) => raw)
  const mutation = fc.record({
    raw: fc.constantFrom(...sources),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 12 }),
    drop: fc.nat({ max: 20 }),
  })
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    mutation.map(({ raw, at, bytes: inserted, drop }) => {
      const position = Math.floor(at * raw.length)
      return Buffer.concat([raw.subarray(0, position), inserted, raw.subarray(position + drop)])
    }),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      try {
        const mail = await parseMail(raw)
        expect(mail.text.isWellFormed()).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(ParseFailure)
      }
    }),
    { numRuns: 500 },
  )
})
