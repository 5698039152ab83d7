import { expect, it } from 'vitest'
import { haveSameBody } from './same-mail.ts'

const mail = (text: string) => Buffer.from(text)

it.each([
  [
    'other trace headers',
    'Received: a\r\nSubject: x\r\n\r\nBody\r\n',
    'Received: b\r\nSubject: x\r\n\r\nBody\r\n',
    true,
  ],
  ['an added end of line', 'Subject: x\r\n\r\nBody', 'Subject: x\r\n\r\nBody\r\n\r\n', true],
  ['another body', 'Subject: x\r\n\r\nBody', 'Subject: x\r\n\r\nOther', false],
  ['no body at all', 'Subject: x\r\n', 'Subject: y\r\n\r\n', true],
])('knows a mail again that has %s: %#', (_, a, b, same) => {
  expect(haveSameBody(mail(a), mail(b))).toBe(same)
})
