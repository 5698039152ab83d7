import { describe, expect, test } from 'vitest'
import { mailSubject } from './subject.ts'

const number = 'TKT-2026-000123'
const expected = 'Re: The printer burns [TKT-2026-000123]'

describe('a subject keeps one Re: and one token, whatever mail programs made of it', () => {
  test.each([
    'The printer burns',
    'Re: The printer burns',
    'RE: AW: Re: The printer burns',
    'Re[2]: The printer burns',
    'Re(3): Sv: Antw: The printer burns',
    'RE : The printer burns',
    '回复：答复: The printer burns',
    'Re: The printer burns [TKT-2026-000123]',
    'Re: [TKT-2026-000123] Re: The printer burns',
    'AW: [tkt-2026-000123] RE: The printer burns [TKT-2026-000123]',
    '  The\tprinter\r\n burns ',
  ])('%s', (subject) => {
    expect(mailSubject(subject, number)).toBe(expected)
  })
})

test('words that only begin like a prefix stay, and so does a forward', () => {
  expect(mailSubject('Reset: my password', number)).toBe('Re: Reset: my password [TKT-2026-000123]')
  expect(mailSubject('Fwd: The printer burns', number)).toBe('Re: Fwd: The printer burns [TKT-2026-000123]')
})

test('the token of another ticket is part of the subject', () => {
  expect(mailSubject('Like [TKT-2026-000099]', number)).toBe('Re: Like [TKT-2026-000099] [TKT-2026-000123]')
})

test('an empty subject still names the ticket', () => {
  expect(mailSubject('', number)).toBe('Re: [TKT-2026-000123]')
})

test('a subject cannot smuggle a header into the mail', () => {
  expect(mailSubject('Hello\r\nBcc: everybody@example.com', number)).not.toMatch(/[\r\n]/)
})
