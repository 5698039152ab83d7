import { createActivity, createTicket, type OutboundMessage, type Ticket } from '@tessera/contract'
import { onTestFinished } from 'vitest'
import { outboxJobs, queueAcknowledgement } from '../src/outbox/index.ts'
import { transact } from '../src/platform/db/index.ts'
import { drainJobs } from '../src/platform/jobs/index.ts'
import { createLog } from '../src/platform/log.ts'
import { type MailTransport, openMailTransport } from '../src/platform/mail-transport/index.ts'
import type { TestCompany, TestServer } from './harness.ts'

/** A ticket, of a company of its own where none is given, and what tests do with its outgoing mail. */
export interface TestOutbox {
  readonly company: TestCompany
  readonly ticket: Ticket
  /** Queues the ticket's acknowledgement; its id, or null where none is sent. */
  acknowledge(to_email?: string, in_reply_to?: string | null): Promise<string | null>
  /** An agent's reply, through the API. The activity's id. */
  reply(text: string, addresses?: { to_emails?: string[]; cc_emails?: string[] }): Promise<string>
  messages(): Promise<StoredMessage[]>
  deliveryEvents(): Promise<string[]>
}

type StoredMessage = Pick<OutboundMessage, 'id' | 'state' | 'attempts' | 'last_error' | 'message_id' | 'sent_at'>

export async function openTestOutbox(
  server: TestServer,
  { subject = 'The printer burns', ...given }: { subject?: string; company?: TestCompany } = {},
): Promise<TestOutbox> {
  const company = given.company ?? (await server.company())
  const { company_id, customer, agent } = company
  const made = await server.ask(agent, createTicket, {
    body: { subject, description: 'Help!', customer_id: customer.customer_id, priority: 'normal' },
  })
  const ticket = made.body
  return {
    company,
    ticket,
    acknowledge(to_email = customer.address, in_reply_to = null) {
      const work = { ticket, to_email, in_reply_to }
      return transact(server.database, { company_id, access: 'write' }, (tx) => queueAcknowledgement(tx, work))
    },
    async reply(activity_description, addresses = {}) {
      const body = { ticket_id: ticket.id, activity_type: 'email', activity_description, ...addresses } as const
      const answer = await server.ask(agent, createActivity, { body })
      return answer.body.id
    },
    messages: () =>
      transact(server.database, { company_id, access: 'read' }, (tx) =>
        tx.db
          .selectFrom('outbound_messages')
          .select(['id', 'state', 'attempts', 'last_error', 'message_id', 'sent_at'])
          .where('company_id', '=', company_id)
          .where('ticket_id', '=', ticket.id)
          .orderBy('id')
          .execute(),
      ),
    async deliveryEvents() {
      const events = await transact(server.database, { company_id, access: 'read' }, (tx) =>
        tx.db
          .selectFrom('events')
          .select('data')
          .where('company_id', '=', company_id)
          .where('ticket_id', '=', ticket.id)
          .where('event', '=', 'mail.delivery_changed')
          .orderBy('id')
          .execute(),
      )
      return events.map(({ data }) => String(data.state))
    },
  }
}

export function openTestTransport(url: string): MailTransport {
  const transport = openMailTransport(url)
  onTestFinished(() => transport.close())
  return transport
}

/** The job that sends, as one worker process has it. */
export function sendMailJob({ database, secretKey }: TestServer, transport: MailTransport | null) {
  return outboxJobs({ database, secretKey, transport, log: createLog('silent') })['send-mail']
}

/** Does what is due, mail through `transport`; a job that failed before is due at once. */
export async function drainMail(server: TestServer, transport: MailTransport | null): Promise<void> {
  await server.owner.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at => now()) from graphile_worker.jobs
     having count(*) > 0`,
  )
  const handlers = { ...server.handlers, 'send-mail': sendMailJob(server, transport) }
  await drainJobs({ pool: server.owner, handlers, log: createLog('silent') })
}
