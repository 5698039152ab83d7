import { randomUUIDv7 } from 'node:crypto'
import {
  type Activity,
  listActivities,
  listMailMessages,
  listOutboundMessages,
  type MailMessage,
  type OutboundMessage,
  readTicket,
  type Ticket,
} from '@tessera/contract'
import { expect } from 'vitest'
import type { TestCompany, TestServer } from '../../../test/harness.ts'
import { receiveMessage } from '../receive-message.ts'

export interface TestMail {
  from?: string
  to?: string
  cc?: string
  subject?: string
  text?: string
  message_id?: string
  references?: string[]
  headers?: Record<string, string>
  envelope_from?: string
  envelope_to?: string[]
}

/** The source of a mail from the company's customer to its inbox, as far as `mail` does not say otherwise. */
export function sourceOf(company: TestCompany, mail: TestMail = {}): Buffer {
  const { references = [], headers = {} } = mail
  const lines = {
    From: mail.from ?? `Clara Customer <${company.customer.address}>`,
    To: mail.to ?? company.inbox_address,
    ...(mail.cc && { Cc: mail.cc }),
    Subject: mail.subject ?? 'The printer burns',
    'Message-ID': mail.message_id ?? `<${randomUUIDv7()}@customer.test>`,
    ...(references.length > 0 && { 'In-Reply-To': references.at(-1), References: references.join(' ') }),
    ...headers,
  }
  const header = Object.entries(lines).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${header.join('\r\n')}\r\n\r\n${mail.text ?? 'Please help.'}\r\n`)
}

/** A company's mail as its people see it. */
export function mailbox(server: TestServer, company: TestCompany) {
  const { administrator, manager } = company

  async function drop(raw: Buffer, mail: TestMail = {}): Promise<void> {
    const { envelope_from = company.customer.address, envelope_to = [company.inbox_address] } = mail
    await receiveMessage(server.database, { raw, envelope_from, envelope_to, peer: '127.0.0.1' })
  }

  async function ledger(): Promise<MailMessage[]> {
    const { status, body } = await server.ask(manager, listMailMessages, { query: { page_size: 200 } })
    expect(status).toBe(200)
    return body.results.toReversed()
  }

  return {
    /** Keeps a mail without processing it. */
    drop,
    ledger,
    /** Oldest first, as all lists here. */
    async outbox(): Promise<OutboundMessage[]> {
      const { body } = await server.ask(administrator, listOutboundMessages, { query: { page_size: 200 } })
      return body.results.toReversed()
    },
    async activities(ticket_id: string | null): Promise<Activity[]> {
      const { body } = await server.ask(manager, listActivities, { query: { ticket_id: String(ticket_id) } })
      return body.results.toReversed()
    },
    async ticket(id: string | null): Promise<Ticket> {
      const { status, body } = await server.ask(manager, readTicket, { params: { id: String(id) } })
      expect(status).toBe(200)
      return body
    },
    /** Keeps a mail and processes it: its row in the ledger. */
    async deliver(mail: TestMail = {}, raw = sourceOf(company, mail)): Promise<MailMessage> {
      const known = new Set((await ledger()).map(({ id }) => id))
      await drop(raw, mail)
      await server.drain()
      const row = (await ledger()).find(({ id }) => !known.has(id))
      if (!row) throw new Error('The mail is not in the ledger.')
      return row
    },
  }
}
