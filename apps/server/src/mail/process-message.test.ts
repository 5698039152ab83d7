import { randomUUIDv7 } from 'node:crypto'
import { listEvents, readRawMailMessage } from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { findOrCreateContact } from '../customers/index.ts'
import { ownMailToken } from '../outbox/domain/own-mail.ts'
import { replyAddress } from '../outbox/index.ts'
import { transact } from '../platform/db/index.ts'
import { mailbox, sourceOf } from './testing/deliver.ts'

const server = useTestServer()

async function companyWithMail() {
  const company = await server.company()
  return { company, ...mailbox(server, company) }
}

const stranger = () => `stranger-${randomUUIDv7()}@elsewhere.test`

describe('a person’s mail', () => {
  it('becomes a ticket of the inbox’s team with its customer, its text and an acknowledgement', async () => {
    const { company, deliver, ticket, activities, outbox } = await companyWithMail()
    const text = 'It burns.\r\n\r\n-- \r\nClara'
    const row = await deliver({ text, message_id: '<first@customer.test>' })
    expect(row).toMatchObject({
      state: 'ticket',
      classification: 'person',
      message_id: '<first@customer.test>',
      from_email: company.customer.address,
      from_name: 'Clara Customer',
      subject: 'The printer burns',
      threading_reason: 'New ticket: it refers to no ticket that is known here.',
    })
    expect(await ticket(row.ticket_id)).toMatchObject({
      subject: 'The printer burns',
      description: 'It burns.',
      status: 'new',
      priority: 'normal',
      ticket_type: 'question',
      source_channel: 'email',
      sla_category: 'standard',
      customer_id: company.customer.customer_id,
      contact_id: company.customer.contact_id,
      team_id: company.team_id,
      inbox_id: company.inbox_id,
      assigned_to_user_id: null,
    })
    const [activity, ...others] = await activities(row.ticket_id)
    expect(others).toEqual([])
    expect(activity).toMatchObject({
      id: row.activity_id,
      activity_type: 'email',
      activity_description: 'It burns.',
      quoted_text: '-- \nClara',
      customer_id: company.customer.customer_id,
      from_email: company.customer.address,
      to_emails: [company.inbox_address],
      is_internal: false,
      mail_message_id: row.id,
      threading_reason: row.threading_reason,
    })
    expect(await outbox()).toMatchObject([
      { purpose: 'acknowledgement', to_emails: [company.customer.address], ticket_id: row.ticket_id },
    ])
  })

  it('makes a customer and a contact of a stranger', async () => {
    const { deliver, ticket } = await companyWithMail()
    const address = stranger()
    const { ticket_id } = await deliver({ from: `Sam Stranger <${address.toUpperCase()}>` })
    const { customer, contact } = await ticket(ticket_id)
    expect(customer.name).toBe('Sam Stranger')
    expect(contact).toMatchObject({ full_name: 'Sam Stranger', email: address })
  })

  it('becomes a ticket also where it has neither subject nor text, or a subject without end', async () => {
    const { deliver, ticket } = await companyWithMail()
    const empty = await deliver({ subject: '', text: '' })
    expect(await ticket(empty.ticket_id)).toMatchObject({ subject: '(no subject)', description: '(no text)' })
    const long = await deliver({ subject: '🎉'.repeat(300) })
    expect((await ticket(long.ticket_id)).subject).toBe('🎉'.repeat(100))
  })

  it('becomes a ticket whatever characters it holds and however long its author’s address is', async () => {
    const { deliver, ticket } = await companyWithMail()
    const from = `${'a'.repeat(230)}@long.example.com`
    const row = await deliver({ from, subject: 'a\0b', text: 'c\0d \ud83d' })
    expect(row).toMatchObject({ state: 'ticket', subject: 'ab', from_email: from })
    expect((await ticket(row.ticket_id)).description).toMatch(/^cd/)
  })

  it('of a form that sends as the inbox itself is its visitor’s', async () => {
    const { company, deliver, outbox } = await companyWithMail()
    const visitor = stranger()
    const row = await deliver({ from: company.inbox_address, headers: { 'Reply-To': visitor } })
    expect(row).toMatchObject({ state: 'ticket', classification: 'person', from_email: visitor })
    expect(await outbox()).toMatchObject([{ to_emails: [visitor] }])
  })
})

describe('a reply', () => {
  it('lands in the ticket that it answers, without what it quotes, and needs no acknowledgement', async () => {
    const { deliver, activities, outbox } = await companyWithMail()
    const first = await deliver()
    const [acknowledgement] = await outbox()
    const text = 'It still burns.\r\n\r\nOn Mon, May 5, 2025 at 10:11 AM Acme <a@acme.test> wrote:\r\n\r\n> Thank you.'
    const reply = await deliver({ text, references: [String(acknowledgement?.message_id)] })
    expect(reply).toMatchObject({ state: 'reply', ticket_id: first.ticket_id })
    expect(reply.threading_reason).toMatch(/^Reply: it answers a mail of ours about TKT-\d{4}-000001\.$/)
    const [, activity] = await activities(first.ticket_id)
    expect(activity).toMatchObject({
      activity_description: 'It still burns.',
      threading_reason: reply.threading_reason,
    })
    expect(activity?.quoted_text).toMatch(/> Thank you\.$/)
    expect(await outbox()).toHaveLength(1)
  })

  it('is known by the customer’s own earlier mail, by the number in its subject and by our signed address', async () => {
    const { company, deliver, ticket } = await companyWithMail()
    const { ticket_id } = await deliver({ message_id: '<first@customer.test>' })
    const { ticket_number } = await ticket(ticket_id)
    const by_id = await deliver({ references: ['<unknown@x.test>', '<first@customer.test>'] })
    expect(by_id).toMatchObject({
      ticket_id,
      threading_reason: `Reply: it answers an earlier mail of ${ticket_number}.`,
    })
    const by_token = await deliver({ subject: `RE: printer [${ticket_number}]` })
    expect(by_token).toMatchObject({ ticket_id, threading_reason: `Reply: its subject names ${ticket_number}.` })
    const address = replyAddress(server.secretKey, company.inbox_address, String(ticket_id))
    const by_address = await deliver({ from: stranger(), to: 'hidden', envelope_to: [address] })
    expect(by_address).toMatchObject({
      ticket_id,
      threading_reason: `Reply: it was sent to the reply address of ${ticket_number}.`,
    })
  })

  it('of a stranger with a forged header is a ticket of its own that says so', async () => {
    const { deliver, ticket } = await companyWithMail()
    const first = await deliver({ message_id: '<first@customer.test>' })
    const { ticket_number } = await ticket(first.ticket_id)
    const from = stranger()
    const forged = await deliver({ from, references: ['<first@customer.test>'], subject: `[${ticket_number}]` })
    expect(forged).toMatchObject({
      state: 'ticket',
      threading_reason: `New ticket: it answers an earlier mail of ${ticket_number}, but ${from} has no part in ${ticket_number}.`,
    })
    expect(forged.ticket_id).not.toBe(first.ticket_id)
  })

  it('of somebody whom the customer wrote to as well, or of a colleague, lands in the ticket', async () => {
    const { company, deliver } = await companyWithMail()
    const copied = stranger()
    const first = await deliver({ cc: copied, message_id: '<first@customer.test>' })
    const reply = await deliver({ from: copied, references: ['<first@customer.test>'] })
    expect(reply).toMatchObject({ state: 'reply', ticket_id: first.ticket_id })
    const colleague = stranger()
    await transact(server.database, { company_id: company.company_id, access: 'write' }, async (tx) => {
      const { contact_id } = await findOrCreateContact(tx, { address: colleague, full_name: 'Carl' })
      await tx.db
        .updateTable('contacts')
        .set({ customer_id: company.customer.customer_id })
        .where('company_id', '=', company.company_id)
        .where('id', '=', contact_id)
        .execute()
    })
    const second = await deliver({ from: colleague, references: ['<first@customer.test>'] })
    expect(second).toMatchObject({ state: 'reply', ticket_id: first.ticket_id })
  })

  it('to another company’s ticket is a new one here', async () => {
    const one = await companyWithMail()
    const other = await companyWithMail()
    await one.deliver({ message_id: '<first@customer.test>' })
    const row = await other.deliver({ references: ['<first@customer.test>'], subject: '[TKT-2026-000001]' })
    expect(row).toMatchObject({ state: 'ticket', threading_reason: expect.stringMatching(/no ticket that is known/) })
  })
})

describe('a mail that no person wrote', () => {
  const VACATION = { 'Auto-Submitted': 'auto-replied' }

  it('and that concerns no ticket is kept in the ledger with the reason, and makes nothing', async () => {
    const { deliver, outbox } = await companyWithMail()
    expect(await deliver({ headers: VACATION })).toMatchObject({
      state: 'ignored',
      classification: 'auto_reply',
      reason: 'It says that it is an automatic answer (Auto-Submitted). It concerns no ticket known here.',
      ticket_id: null,
    })
    expect(await outbox()).toEqual([])
  })

  it('stays inside its ticket, unseen by the customer', async () => {
    const { deliver, activities, outbox } = await companyWithMail()
    const first = await deliver()
    const [acknowledgement] = await outbox()
    const references = [String(acknowledgement?.message_id)]
    const vacation = await deliver({ headers: VACATION, references })
    expect(vacation).toMatchObject({ state: 'reply', ticket_id: first.ticket_id })
    const [, activity] = await activities(first.ticket_id)
    expect(activity).toMatchObject({ is_internal: true, is_customer_visible: false, customer_id: null })
    expect(await outbox()).toHaveLength(1)
  })

  it('is a bounce that finds the ticket by the mail it is about', async () => {
    const { deliver, outbox } = await companyWithMail()
    const first = await deliver()
    const [acknowledgement] = await outbox()
    const bounce = await deliver({
      from: 'mailer-daemon@mx.elsewhere.test',
      envelope_from: '',
      subject: 'Undelivered',
      headers: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
      text: `--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${acknowledgement?.message_id}\r\n--b--`,
    })
    expect(bounce).toMatchObject({ state: 'reply', classification: 'bounce', ticket_id: first.ticket_id })
    expect(await outbox()).toHaveLength(1)
  })

  it('is an alarm of a machine that becomes a ticket without an acknowledgement', async () => {
    const { deliver, outbox } = await companyWithMail()
    const row = await deliver({ headers: { 'Auto-Submitted': 'auto-generated' } })
    expect(row).toMatchObject({ state: 'ticket', classification: 'auto_reply' })
    expect(row.reason).toMatch(/No acknowledgement was sent: A machine sent it \(Auto-Submitted\)\.$/)
    expect(await outbox()).toEqual([])
  })

  it('is a mail of ours that comes back and is known by its signature', async () => {
    const { deliver, outbox } = await companyWithMail()
    await deliver()
    const [sent] = await outbox()
    const token = ownMailToken(server.secretKey, String(sent?.id))
    const row = await deliver({ from: stranger(), headers: { 'X-Tessera-Message': token } })
    expect(row).toMatchObject({
      state: 'ignored',
      classification: 'own',
      reason: expect.stringMatching(/a mail of ours/),
    })
  })
})

describe('the reopening window', () => {
  async function resolvedTicket() {
    const mail = await companyWithMail()
    const first = await at('2026-02-28T12:00:00.000Z', () => mail.deliver({ message_id: '<first@customer.test>' }))
    await transact(server.database, { company_id: mail.company.company_id, access: 'write' }, async (tx) => {
      await tx.db
        .updateTable('crm_support_tickets')
        .set({ status: 'resolved', resolution_date: '2026-03-01T12:00:00.000Z', resolution_type: 'solved' })
        .where('company_id', '=', mail.company.company_id)
        .where('id', '=', String(first.ticket_id))
        .execute()
    })
    return { ...mail, first }
  }

  async function at<T>(now: string, work: () => Promise<T>): Promise<T> {
    server.setClock(now)
    try {
      return await work()
    } finally {
      server.setClock(null)
    }
  }

  it('lets a reply reopen a resolved ticket', async () => {
    const { deliver, ticket, first } = await resolvedTicket()
    const reply = await at('2026-03-10T12:00:00.000Z', () => deliver({ references: ['<first@customer.test>'] }))
    expect(reply).toMatchObject({
      state: 'reply',
      ticket_id: first.ticket_id,
      reason: expect.stringMatching(/It reopened TKT-/),
    })
    expect(await ticket(first.ticket_id)).toMatchObject({ status: 'reopened', reopen_count: 1 })
  })

  it('is over after its days: then a reply is a new ticket that names the old one', async () => {
    const { deliver, ticket, first } = await resolvedTicket()
    const reply = await at('2026-03-20T12:00:00.000Z', () => deliver({ references: ['<first@customer.test>'] }))
    const { ticket_number, status } = await ticket(first.ticket_id)
    expect(status).toBe('resolved')
    expect(reply.state).toBe('ticket')
    expect(reply.threading_reason).toBe(
      `New ticket: it answers an earlier mail of ${ticket_number}, but ${ticket_number} was resolved more than 14 days ago.`,
    )
  })

  it('is not opened by a machine', async () => {
    const { deliver, ticket, first } = await resolvedTicket()
    const headers = { 'Auto-Submitted': 'auto-replied' }
    const reply = await at('2026-03-10T12:00:00.000Z', () =>
      deliver({ headers, references: ['<first@customer.test>'] }),
    )
    expect(reply).toMatchObject({ state: 'reply', ticket_id: first.ticket_id })
    expect(await ticket(first.ticket_id)).toMatchObject({ status: 'resolved', reopen_count: 0 })
  })
})

describe('a mail that cannot be understood', () => {
  it('is set aside with the reason and its source, and the audit trail says so', async () => {
    const { company, deliver } = await companyWithMail()
    const raw = Buffer.from([0, 1, 2, 255, 13, 10, 13, 10])
    const row = await deliver({}, raw)
    expect(row).toMatchObject({ state: 'quarantined', reason: 'It has no header of a mail.', ticket_id: null })
    const kept = await server.ask(company.manager, readRawMailMessage, { params: { id: row.id } })
    expect(Buffer.compare(kept.body ?? Buffer.alloc(0), raw)).toBe(0)
    const { body } = await server.ask(company.administrator, listEvents, { query: { event: 'mail.quarantined' } })
    expect(body.results).toMatchObject([{ data: { mail_message_id: row.id, reason: row.reason } }])
  })

  it('is one that names nobody to answer', async () => {
    const { deliver } = await companyWithMail()
    const row = await deliver({ from: 'nobody', envelope_from: 'not an address' })
    expect(row).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(/^It names no sender/) })
  })
})

it('says in the ledger why a mail cannot be processed, tries again, and gives up after three days', async () => {
  const { company, drop, ledger } = await companyWithMail()
  const { company_id } = company
  await drop(sourceOf(company))
  // A fault of this company's database alone.
  await server.owner.query(
    `create or replace function fail_for_test() returns trigger language plpgsql as $$
     begin raise exception 'the disk is full'; end $$`,
  )
  await server.owner.query(
    `create trigger fail_for_test before insert on crm_support_tickets for each row
     when (new.company_id = '${company_id}') execute function fail_for_test()`,
  )
  const [row] = await ledger()
  const job = { company_id, mail_message_id: String(row?.id) }
  const process = server.handlers['process-mail-message']
  await expect(process(job)).rejects.toThrow('the disk is full')
  expect(await ledger()).toMatchObject([
    { state: 'received', reason: 'Processing failed and is tried again: the disk is full' },
  ])
  server.setClock(new Date(Date.now() + 73 * 60 * 60 * 1000).toISOString())
  await process(job).finally(() => server.setClock(null))
  expect(await ledger()).toMatchObject([
    { state: 'failed', reason: 'It could not be processed in 72 hours: the disk is full' },
  ])
})
