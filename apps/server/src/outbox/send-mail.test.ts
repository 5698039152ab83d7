import { expect, onTestFinished, test } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { drainMail, openTestOutbox, openTestTransport, sendMailJob } from '../../test/outbox.ts'
import { type Reject, type SmtpSink, startSmtpSink } from '../../test/smtp-sink.ts'

const server = useTestServer()

async function sink(reject?: Reject, port?: number): Promise<SmtpSink> {
  const opened = await startSmtpSink({ ...(reject && { reject }), ...(port && { port }) })
  onTestFinished(() => opened.close())
  return opened
}

test('a mail goes out once, and everybody hears that it is sent', async () => {
  const { url, messages } = await sink()
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  await drainMail(server, openTestTransport(url))

  expect(messages).toHaveLength(1)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent', attempts: 1, last_error: null }])
  expect(await outbox.deliveryEvents()).toEqual(['sent'])
})

test('a job that runs again for a sent mail sends nothing', async () => {
  const { url, messages } = await sink()
  const outbox = await openTestOutbox(server)
  const outbound_message_id = (await outbox.acknowledge()) ?? ''
  const send = sendMailJob(server, openTestTransport(url))
  const { company_id } = outbox.company
  await send({ company_id, outbound_message_id })
  await send({ company_id, outbound_message_id })

  expect(messages).toHaveLength(1)
  expect(await outbox.deliveryEvents()).toEqual(['sent'])
})

test('two workers with the same mail in hand send it once', async () => {
  const { url, messages } = await sink()
  const outbox = await openTestOutbox(server)
  const mail = { company_id: outbox.company.company_id, outbound_message_id: (await outbox.acknowledge()) ?? '' }
  const transport = openTestTransport(url)
  const workers = [sendMailJob(server, transport), sendMailJob(server, transport)]
  const tries = workers.flatMap((send) => [send(mail), send(mail), send(mail)])
  await Promise.allSettled(tries)
  expect(messages).toHaveLength(1)

  await drainMail(server, transport)
  expect(messages).toHaveLength(1)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent', attempts: 1 }])
})

test('while the mail server is away a mail is deferred, and sent once when it is back', async () => {
  const first = await startSmtpSink()
  await first.close()
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(first.url)
  await drainMail(server, transport)
  await drainMail(server, transport)

  const [deferred] = await outbox.messages()
  expect(deferred).toMatchObject({ state: 'deferred', attempts: 2, sent_at: null })
  expect(deferred?.last_error).toMatch(/^The mail server could not be reached, or broke off: .*ECONNREFUSED/)
  expect(await outbox.deliveryEvents(), 'told once, not at every try').toEqual(['deferred'])

  const { messages } = await sink(undefined, first.port)
  await drainMail(server, transport)
  await drainMail(server, transport)
  expect(messages).toHaveLength(1)
  expect(messages[0]?.parsed.messageId).toBe(deferred?.message_id)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent', attempts: 3, last_error: null }])
  expect(await outbox.deliveryEvents()).toEqual(['deferred', 'sent'])
})

test('“not now” (4xx) is tried again, at the recipient as well as at the message', async () => {
  const answers = [450, undefined, 451, undefined, undefined]
  const { url, messages } = await sink((command) => (command === 'MAIL' ? undefined : answers.shift()))
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(url)
  await drainMail(server, transport)
  expect((await outbox.messages())[0]).toMatchObject({ state: 'deferred', last_error: expect.stringContaining('450') })
  await drainMail(server, transport)
  expect((await outbox.messages())[0]).toMatchObject({ state: 'deferred', last_error: expect.stringContaining('451') })
  await drainMail(server, transport)
  expect((await outbox.messages())[0]).toMatchObject({ state: 'sent', attempts: 3 })
  expect(messages).toHaveLength(1)
})

test('a mail that nobody takes (5xx) has failed, says whom it did not reach, and is not tried again', async () => {
  let asked = 0
  const { url, messages } = await sink((command) => (command === 'RCPT' && ++asked ? 550 : undefined))
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(url)
  await drainMail(server, transport)
  await drainMail(server, transport)

  expect(asked).toBe(1)
  expect(messages).toHaveLength(0)
  const [failed] = await outbox.messages()
  expect(failed).toMatchObject({ state: 'failed', attempts: 1 })
  expect(failed?.last_error).toContain(outbox.company.customer.address)
  expect(failed?.last_error).toContain('550')
  expect(await outbox.deliveryEvents()).toEqual(['failed'])
})

test('a server that refuses our sender is a matter of settings: no mail is given up for it', async () => {
  let refuses = true
  const { url } = await sink((command) => (command === 'MAIL' && refuses ? 553 : undefined))
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(url)
  await drainMail(server, transport)
  expect(await outbox.messages()).toMatchObject([{ state: 'deferred' }])
  refuses = false
  await drainMail(server, transport)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent' }])
})

test('a mail that reaches some of its recipients is sent, and names the others', async () => {
  const { url, messages } = await sink((_command, address) => (address === 'gone@example.com' ? 550 : undefined))
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.', { to_emails: ['here@example.com'], cc_emails: ['gone@example.com'] })
  await drainMail(server, openTestTransport(url))

  expect(messages).toHaveLength(1)
  expect(messages[0]?.envelope.to).toEqual(['here@example.com'])
  const [sent] = await outbox.messages()
  expect(sent).toMatchObject({ state: 'sent', last_error: expect.stringContaining('gone@example.com') })
})

test('without a mail server the mail is kept to be read, for good', async () => {
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  await drainMail(server, null)
  expect(await outbox.messages()).toMatchObject([{ state: 'kept', attempts: 0, sent_at: null }])
  expect(await outbox.deliveryEvents()).toEqual(['kept'])

  const { url, messages } = await sink()
  await drainMail(server, openTestTransport(url))
  expect(messages).toHaveLength(0)
})

test('what a killed process left in sending is handed over again, the same to the byte', async () => {
  const { url, messages } = await sink()
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug: schnell und unverzüglich.')
  const transport = openTestTransport(url)
  await drainMail(server, transport)
  const [sent] = await outbox.messages()
  // As if the process had died after the server's 250 and before the commit.
  await server.owner.query(`update outbound_messages set state = 'sending', sent_at = null where id = $1`, [sent?.id])
  const { company_id } = outbox.company
  await sendMailJob(server, transport)({ company_id, outbound_message_id: sent?.id ?? '' })

  expect(messages).toHaveLength(2)
  expect(messages[1]?.raw).toBe(messages[0]?.raw)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('a database that loses every connection during the hand-over does not cause a second mail', async () => {
  const { url, messages } = await sink(async (command) => {
    if (command !== 'DATA') return undefined
    await server.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name in ('tessera tessera_app', 'tessera tessera_system')`,
    )
    return undefined
  })
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(url)
  await drainMail(server, transport)
  await drainMail(server, transport)

  expect(messages).toHaveLength(1)
  expect(await outbox.messages()).toMatchObject([{ state: 'sent', attempts: 1 }])
})

test('after four days of tries a mail is given up, and says so', async () => {
  const closed = await startSmtpSink()
  await closed.close()
  const outbox = await openTestOutbox(server)
  await outbox.reply('Pull the plug.')
  const transport = openTestTransport(closed.url)
  await drainMail(server, transport)
  const [deferred] = await outbox.messages()
  await server.owner.query('update outbound_messages set attempts = 24 where id = $1', [deferred?.id])
  await drainMail(server, transport)

  const [failed] = await outbox.messages()
  expect(failed).toMatchObject({ state: 'failed', attempts: 25 })
  expect(failed?.last_error).toMatch(/^Given up after 25 tries\. /)
})
