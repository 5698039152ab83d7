import { expect, onTestFinished, test } from 'vitest'
import { type SmtpSinkOptions, startSmtpSink } from '../../../test/smtp-sink.ts'
import { handOverError } from './hand-over-error.ts'
import { type MailTransport, type OutgoingMail, openMailTransport } from './index.ts'

const mail: OutgoingMail = {
  message_id: '<1@example.com>',
  date: '2026-11-23T19:14:45.123Z',
  from: { name: 'Ada "the Agent" Müller', address: 'support@example.com' },
  reply_to: { name: '', address: 'support+1@example.com' },
  to: ['clara@customer.test'],
  cc: [],
  subject: 'Grüße',
  in_reply_to: null,
  references: [],
  headers: { 'X-Test': 'yes' },
  text: 'Hello',
}

async function connected(options?: SmtpSinkOptions) {
  const sink = await startSmtpSink(options)
  const transport: MailTransport = openMailTransport(sink.url)
  onTestFinished(async () => {
    await transport.close()
    await sink.close()
  })
  return { sink, transport }
}

test('a mail travels as it was given: id, date, names and text', async () => {
  const { sink, transport } = await connected()
  expect(await transport.send(mail)).toEqual({ refused: null })
  const [{ parsed, raw }] = sink.messages as [(typeof sink.messages)[0]]
  expect(parsed.messageId).toBe(mail.message_id)
  expect(parsed.date?.toISOString()).toBe('2026-11-23T19:14:45.000Z')
  expect(parsed.from?.value).toEqual([mail.from])
  expect(parsed.subject).toBe('Grüße')
  expect(parsed.text?.trimEnd()).toBe('Hello')
  expect(raw).toMatch(/^X-Test: yes\r$/m)
})

test('one address is one recipient, whatever stands in it', async () => {
  const { sink, transport } = await connected()
  const two_in_one = 'clara@customer.test, thief@example.com'
  await expect(transport.send({ ...mail, to: [two_in_one] })).rejects.toMatchObject({ permanent: true })
  await expect(transport.send({ ...mail, cc: [two_in_one] })).resolves.toEqual({
    refused: expect.stringContaining(`"clara@customer.test, thief"@example.com`),
  })
  expect(sink.messages.map(({ envelope }) => envelope.to)).toEqual([['clara@customer.test']])
})

test('a mail under way when the transport closes arrives; later ones wait for the next start', async () => {
  const { promise: arriving, resolve: arrives } = Promise.withResolvers<void>()
  const { promise: closing, resolve: closes } = Promise.withResolvers<void>()
  const { sink, transport } = await connected({
    async reject(command) {
      if (command === 'DATA') {
        arrives()
        await closing
      }
      return undefined
    },
  })
  const sending = transport.send(mail)
  await arriving
  const closed = transport.close()
  closes()
  await closed
  expect(await sending).toEqual({ refused: null })
  expect(sink.messages).toHaveLength(1)
  await expect(transport.send(mail)).rejects.toMatchObject({ name: 'HandOverError', permanent: false })
})

test('a check of the settings says in words what is wrong', async () => {
  const { sink, transport } = await connected()
  await expect(transport.verify()).resolves.toBeUndefined()
  await sink.close()
  const away = openMailTransport(sink.url)
  onTestFinished(() => away.close())
  await expect(away.verify()).rejects.toThrow(/^The mail server could not be reached, or broke off: .*ECONNREFUSED/)
})

test.each([
  [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, true],
  [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, false],
  [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true],
  [{ code: 'EMESSAGE', command: 'DATA', responseCode: 451 }, false],
  [{ code: 'EMESSAGE', command: 'MAIL FROM' }, true],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 552 }, true],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, false],
  [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 530 }, false],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false],
  [{ code: 'ECONNECTION', command: 'CONN', responseCode: 554 }, false],
  [{ code: 'ETIMEDOUT', command: 'CONN' }, false],
  [{ code: 'EDNS' }, false],
  [{ code: 'ETLS' }, false],
])('only what would be refused again is permanent: %o is %s', (failure, permanent) => {
  expect(handOverError(Object.assign(new Error('no'), failure)).permanent).toBe(permanent)
})
