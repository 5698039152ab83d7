import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type TestCompany, useTestServer } from '../../test/harness.ts'
import { drainMail, openTestOutbox, openTestTransport } from '../../test/outbox.ts'
import { type SunkMessage, startSmtpSink } from '../../test/smtp-sink.ts'
import { transact } from '../platform/db/index.ts'
import { OWN_MAIL_HEADER, outboundMessageOfToken, ticketOfReplyAddress } from './index.ts'

const server = useTestServer()

async function sendAll(): Promise<readonly SunkMessage[]> {
  const sink = await startSmtpSink()
  onTestFinished(() => sink.close())
  await drainMail(server, openTestTransport(sink.url))
  return sink.messages
}

/** The header as it travelled, unfolded (RFC 5322, section 2.2.3); all of them where it came more than once. */
function header({ raw }: SunkMessage, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '')
  const lines = head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
  return lines.map((line) => line.slice(name.length + 2)).join('\n') || undefined
}

async function receivedMail(company: TestCompany, ticket_id: string, message_id: string): Promise<void> {
  const { company_id, inbox_id, agent } = company
  await transact(server.database, { company_id, access: 'write' }, async (tx) => {
    const mail_id = randomUUIDv7()
    await sql`
      insert into mail_messages (company_id, id, inbox_id, state, source, sha256, size, envelope_from, envelope_to,
                                 message_id, ticket_id, received_at)
      values (${company_id}, ${mail_id}, ${inbox_id}, 'reply', 'smtp', '', 1, '', '[]', ${message_id}, ${ticket_id},
              ${tx.now})`.execute(tx.db)
    await sql`
      insert into crm_ticket_activities (company_id, id, ticket_id, user_id, activity_type, activity_description,
                                         mail_message_id, created_at)
      values (${company_id}, ${randomUUIDv7()}, ${ticket_id}, ${agent.user_id}, 'email', 'More', ${mail_id},
              ${tx.now})`.execute(tx.db)
  })
}

test('an acknowledgement answers the customer’s mail, names the ticket, and asks machines not to answer', async () => {
  const { company, ticket, acknowledge, messages } = await openTestOutbox(server, { subject: 'RE: The printer burns' })
  await acknowledge(undefined, '<question@customer.test>')
  const [mail] = (await sendAll()) as [SunkMessage]
  const [row] = await messages()

  expect(mail.envelope).toEqual({ from: company.inbox_address, to: [company.customer.address] })
  expect(header(mail, 'From')).toBe(`Support <${company.inbox_address}>`)
  expect(header(mail, 'To')).toBe(company.customer.address)
  expect(header(mail, 'Subject')).toBe(`Re: The printer burns [${ticket.ticket_number}]`)
  expect(header(mail, 'Message-ID')).toBe(row?.message_id)
  expect(header(mail, 'In-Reply-To')).toBe('<question@customer.test>')
  expect(header(mail, 'References')).toBe('<question@customer.test>')
  expect(header(mail, 'Auto-Submitted')).toBe('auto-replied')
  expect(header(mail, 'X-Auto-Response-Suppress')).toBe('All')
  expect(mail.parsed.text).toContain(`ticket ${ticket.ticket_number}`)
  expect(mail.parsed.html).toBe(false)
})

test('a reply continues the conversation, and its answer will find the ticket in three ways', async () => {
  const { company, ticket, acknowledge, reply, messages } = await openTestOutbox(server)
  await acknowledge(undefined, '<question@customer.test>')
  const [acknowledgement] = await messages()
  await receivedMail(company, ticket.id, '<more@customer.test>')
  await reply('Pull the plug.\n\nThen call the fire brigade: äöü ✓', { cc_emails: ['boss@customer.test'] })
  const mail = (await sendAll()).find(({ parsed }) => parsed.text?.startsWith('Pull')) as SunkMessage
  const row = (await messages()).at(-1)

  expect(mail.envelope.to).toEqual([company.customer.address, 'boss@customer.test'])
  expect(header(mail, 'From')).toBe(`Ada Agent <${company.inbox_address}>`)
  expect(header(mail, 'Cc')).toBe('boss@customer.test')
  expect(header(mail, 'Subject')).toBe(`Re: The printer burns [${ticket.ticket_number}]`)
  expect(header(mail, 'In-Reply-To')).toBe('<more@customer.test>')
  expect(header(mail, 'References')).toBe(`${acknowledgement?.message_id} <more@customer.test>`)
  const answerTo = mail.parsed.replyTo?.value[0]?.address ?? ''
  expect(ticketOfReplyAddress(server.secretKey, answerTo)).toBe(ticket.id)
  expect(answerTo).toMatch(new RegExp(`^support\\+[0-9a-v]{40}@${company.inbox_address.split('@')[1]}$`))
  expect(mail.parsed.text?.trimEnd()).toBe('Pull the plug.\n\nThen call the fire brigade: äöü ✓')
  expect(outboundMessageOfToken(server.secretKey, header(mail, OWN_MAIL_HEADER) ?? '')).toBe(row?.id)
})

test('a reply of a person does not look like one of a machine', async () => {
  const { reply } = await openTestOutbox(server)
  await reply('Pull the plug.')
  const [mail] = (await sendAll()) as [SunkMessage]
  expect(header(mail, 'Auto-Submitted')).toBeUndefined()
  expect(header(mail, 'X-Auto-Response-Suppress')).toBeUndefined()
  expect(header(mail, 'X-Mailer')).toBeUndefined()
})

test('nothing in a subject or a name becomes a header or a recipient', async () => {
  const { reply, company } = await openTestOutbox(server, { subject: 'Hello\r\nBcc: thief@example.com' })
  await reply('Hi.', { to_emails: [company.customer.address, company.customer.address.toUpperCase()] })
  const [mail] = (await sendAll()) as [SunkMessage]
  expect(header(mail, 'Bcc')).toBeUndefined()
  expect(mail.envelope.to).toEqual([company.customer.address])
})
