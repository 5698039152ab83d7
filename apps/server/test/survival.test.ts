import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as contract from '@tessera/contract'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { startTestServer, type TestCompany, type TestServer } from './harness.ts'
import { type Product, startProduct } from './product.ts'
import { startSmtpSink } from './smtp-sink.ts'

/** A killed worker's jobs are free again within seconds, then they run: this is patience, not a pause. */
const PATIENCE = { timeout: 30_000, interval: 50 }
const TIMEOUT_MS = 90_000

interface Scene {
  server: TestServer
  company: TestCompany
  sink: Awaited<ReturnType<typeof startSmtpSink>>
  /** What the sink does when asked; replaced to hold a dialogue. */
  answer: { reject: (command: string) => number | undefined | Promise<number | undefined> }
  start(settings?: Record<string, string>): Promise<Product>
  /** Keeps everybody from writing to a table until released. */
  hold(table: string): Promise<() => Promise<void>>
  /** Resolves once a statement of the product that matches waits for a held table. */
  stuck(statement: RegExp): Promise<void>
}

/** Tessera's processes on a PostgreSQL that outlives them, with a mail server beside. */
async function openScene({ onTestFinished }: TestContext): Promise<Scene> {
  const server = await startTestServer()
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-survival-'))
  const answer: Scene['answer'] = { reject: () => undefined }
  const sink = await startSmtpSink({ reject: (command) => answer.reject(command) })
  const observer = new pg.Client({ connectionString: server.databaseUrl })
  await observer.connect()
  const products: Product[] = []
  onTestFinished(async () => {
    for (const product of products) await product.kill()
    await observer.end()
    await sink.close()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    server,
    company: await server.company(),
    sink,
    answer,
    async start(settings = {}) {
      const product = await startProduct({
        DATABASE_URL: server.databaseUrl,
        SECRET_KEY: server.secretKey.toString('hex'),
        SMTP_URL: sink.url,
        DATA_DIR: dataDir,
        ...settings,
      })
      products.push(product)
      return product
    },
    async hold(table) {
      const holder = new pg.Client({ connectionString: server.databaseUrl })
      await holder.connect()
      // A test that failed drops the database under it.
      holder.on('error', () => undefined)
      await holder.query('begin')
      await holder.query(`lock table ${table} in share mode`)
      return () => holder.end()
    },
    async stuck(statement) {
      await vi.waitUntil(async () => {
        const { rows } = await observer.query<{ query: string }>(
          "select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
        return rows.some(({ query }) => statement.test(query))
      }, PATIENCE)
    },
  }
}

const MAIL = { subject: 'My order has not come', text: 'Where is it?' }

async function sendMail({ company }: Scene, { smtpPort }: Product): Promise<void> {
  const client = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  const messageId = `<order@customer.${company.company_id}.test>`
  await client.sendMail({ from: company.customer.address, to: company.inbox_address, messageId, ...MAIL })
}

/** Every mail is settled, there is one ticket with one message, and one acknowledgement went out. */
async function expectOneTicket({ server, company, sink }: Scene): Promise<void> {
  const settled = async () => {
    const { body } = await server.ask(company.administrator, contract.listMailMessages)
    return body.results.length > 0 && body.results.every(({ state }) => state !== 'received')
  }
  await vi.waitUntil(settled, PATIENCE)
  await sink.waitFor(({ parsed }) => parsed.subject?.includes(MAIL.subject) ?? false, PATIENCE.timeout)
  await vi.waitUntil(async () => {
    const { body } = await server.ask(company.administrator, contract.listOutboundMessages)
    return body.results.every(({ state }) => state === 'sent')
  }, PATIENCE)
  const { body: tickets } = await server.ask(company.agent, contract.listTickets)
  expect(tickets.results.map(({ subject, ticket_number }) => [subject, ticket_number.slice(-6)])).toEqual([
    [MAIL.subject, '000001'],
  ])
  const { body: activities } = await server.ask(company.agent, contract.listActivities)
  expect(activities.results).toHaveLength(1)
  expect(sink.messages).toHaveLength(1)
}

describe.concurrent('a process killed between the 250 and the ticket leaves exactly one ticket', () => {
  it('when it dies right after the 250', { timeout: TIMEOUT_MS }, async (context) => {
    const scene = await openScene(context)
    const first = await scene.start()
    await sendMail(scene, first)
    await first.kill()
    await scene.start()
    await expectOneTicket(scene)
  })

  it('when it dies before the 250 and the sender tries again', { timeout: TIMEOUT_MS }, async (context) => {
    const scene = await openScene(context)
    const first = await scene.start()
    const release = await scene.hold('mail_messages')
    const sending = expect(sendMail(scene, first)).rejects.toThrow()
    await scene.stuck(/insert into "mail_messages"/)
    await first.kill()
    await sending
    await release()
    await sendMail(scene, await scene.start())
    await expectOneTicket(scene)
  })

  it('when it dies after storing the mail, before the sender heard the 250', {
    timeout: TIMEOUT_MS,
  }, async (context) => {
    const scene = await openScene(context)
    const first = await scene.start({ PROCESS: 'serve' })
    await sendMail(scene, first)
    await first.kill()
    await sendMail(scene, await scene.start())
    await expectOneTicket(scene)
  })

  const STATEMENTS = [
    ['the number', 'ticket_counters', /insert into ticket_counters/],
    ['the ticket', 'crm_support_tickets', /insert into "crm_support_tickets"/],
    ['its first message', 'crm_ticket_activities', /insert into "crm_ticket_activities"/],
    ['the event', 'events', /insert into "events"/],
    ['the acknowledgement', 'outbound_messages', /insert into "outbound_messages"/],
    ['what became of the mail', 'mail_messages', /update "mail_messages"/],
  ] as const
  for (const [what, table, statement] of STATEMENTS) {
    it(`when it dies writing ${what}`, { timeout: TIMEOUT_MS }, async (context) => {
      const scene = await openScene(context)
      const first = await scene.start({ PROCESS: 'serve' })
      await sendMail(scene, first)
      await first.kill()
      const release = await scene.hold(table)
      const second = await scene.start({ PROCESS: 'work' })
      await scene.stuck(statement)
      await second.kill()
      await release()
      await scene.start()
      await expectOneTicket(scene)
    })
  }

  it('when it dies with the ticket made and the job not yet done with', { timeout: TIMEOUT_MS }, async (context) => {
    const scene = await openScene(context)
    const release = await scene.hold('outbound_messages')
    const first = await scene.start()
    await sendMail(scene, first)
    await scene.stuck(/insert into "outbound_messages"/)
    const releaseJobs = await scene.hold('graphile_worker._private_jobs')
    // The acknowledgement's own job waits for the queue too, so only a finished transaction is possible before the kill.
    await release()
    await scene.stuck(/_private_jobs|tessera_enqueue/)
    await first.kill()
    await releaseJobs()
    await scene.start()
    await expectOneTicket(scene)
  })
})

interface ReplyScene extends Scene {
  ticket_id: string
}

async function openReplyScene(context: TestContext): Promise<ReplyScene> {
  const scene = await openScene(context)
  const { body } = await scene.server.ask(scene.company.agent, contract.createTicket, {
    body: { ...TICKET, customer_id: scene.company.customer.customer_id },
  })
  return { ...scene, ticket_id: body.id }
}

const TICKET = { subject: 'The printer is on fire', description: 'Smoke.', priority: 'high' } as const
const REPLY = 'Please leave the room.'

/** The agent's click, through the product's own port; the status, or null where the connection broke. */
async function reply({ company, ticket_id }: ReplyScene, { url }: Product): Promise<number | null> {
  const response = await fetch(`${url}/api/ticket-activities/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${company.agent.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ticket_id, activity_type: 'email', activity_description: REPLY }),
  }).catch(() => null)
  return response?.status ?? null
}

/** The reply was sent and stands once in the conversation; the sent copies, which are one mail to the eye. */
async function expectOneReply({ server, company, sink }: ReplyScene): Promise<string[]> {
  await vi.waitUntil(async () => {
    const { body } = await server.ask(company.administrator, contract.listOutboundMessages)
    return body.results.length > 0 && body.results.every(({ state }) => state === 'sent')
  }, PATIENCE)
  const { body } = await server.ask(company.agent, contract.listActivities)
  expect(body.results.filter(({ activity_description }) => activity_description === REPLY)).toHaveLength(1)
  expect(new Set(sink.messages.map(({ parsed }) => parsed.messageId)).size).toBe(1)
  return sink.messages.map(({ raw }) => raw)
}

describe.concurrent('a process killed between the agent’s click and the delivered mail sends exactly one mail', () => {
  it('when it dies right after the click was answered', { timeout: TIMEOUT_MS }, async (context) => {
    const scene = await openReplyScene(context)
    const first = await scene.start()
    expect(await reply(scene, first)).toBe(201)
    await first.kill()
    await scene.start()
    expect(await expectOneReply(scene)).toHaveLength(1)
  })

  it('when it dies before the click was answered and the agent clicks again', {
    timeout: TIMEOUT_MS,
  }, async (context) => {
    const scene = await openReplyScene(context)
    const first = await scene.start()
    const release = await scene.hold('outbound_messages')
    const clicked = reply(scene, first)
    await scene.stuck(/insert into "outbound_messages"/)
    await first.kill()
    expect(await clicked).toBeNull()
    await release()
    expect(await reply(scene, await scene.start())).toBe(201)
    expect(await expectOneReply(scene)).toHaveLength(1)
  })

  it('when it dies before the hand-over begins', { timeout: TIMEOUT_MS }, async (context) => {
    const scene = await openReplyScene(context)
    const first = await scene.start({ PROCESS: 'serve' })
    expect(await reply(scene, first)).toBe(201)
    await first.kill()
    const release = await scene.hold('outbound_messages')
    const second = await scene.start({ PROCESS: 'work' })
    await scene.stuck(/update "?outbound_messages/)
    await second.kill()
    await release()
    await scene.start()
    expect(await expectOneReply(scene)).toHaveLength(1)
  })

  for (const moment of ['MAIL', 'RCPT', 'DATA'] as const) {
    it(`when it dies in the SMTP dialogue, waiting for the answer to ${moment}`, {
      timeout: TIMEOUT_MS,
    }, async (context) => {
      const scene = await openReplyScene(context)
      const asked = Promise.withResolvers<void>()
      const gone = Promise.withResolvers<number>()
      scene.answer.reject = (command) => {
        if (command !== moment) return undefined
        asked.resolve()
        return gone.promise
      }
      const first = await scene.start()
      expect(await reply(scene, first)).toBe(201)
      await asked.promise
      await first.kill()
      gone.resolve(451)
      scene.answer.reject = () => undefined
      await scene.start()
      expect(await expectOneReply(scene)).toHaveLength(1)
    })
  }

  it('and one that dies between the server’s 250 and its own note of it repeats the same mail to the byte', {
    timeout: TIMEOUT_MS,
  }, async (context) => {
    const scene = await openReplyScene(context)
    const asked = Promise.withResolvers<void>()
    const held = Promise.withResolvers<undefined>()
    scene.answer.reject = (command) => {
      if (command !== 'DATA') return undefined
      asked.resolve()
      return held.promise
    }
    const first = await scene.start()
    expect(await reply(scene, first)).toBe(201)
    await asked.promise
    const release = await scene.hold('outbound_messages')
    held.resolve(undefined)
    await scene.stuck(/update "?outbound_messages/)
    await first.kill()
    await release()
    await scene.start()
    const copies = await expectOneReply(scene)
    expect(new Set(copies).size).toBe(1)
  })
})
