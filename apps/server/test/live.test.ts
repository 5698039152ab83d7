import * as contract from '@tessera/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startDelivery } from '../src/platform/events/index.ts'
import { createLog } from '../src/platform/log.ts'
import { type TestCompany, type TestMember, useTestServer } from './harness.ts'

const server = useTestServer()
let address: string
let delivery: { stop(): Promise<void> }

beforeAll(async () => {
  address = (await server.http.listen({ host: '127.0.0.1', port: 0 })).replace('http', 'ws')
  delivery = startDelivery(server.database, createLog('silent'))
})
afterAll(() => delivery.stop())

interface Listener {
  socket: WebSocket
  messages: contract.SocketMessage[]
  /** Resolves once so many events of tickets have arrived. */
  got(count: number): Promise<contract.SocketMessage[]>
  closed: Promise<number>
}

async function listen(token: string, last_event_id: string | null = null): Promise<Listener> {
  const socket = new WebSocket(`${address}/ws`)
  const messages: contract.SocketMessage[] = []
  const waiting = new Set<() => void>()
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const ready = new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'authenticate', token, last_event_id })))
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)))
    socket.on('message', (data) => {
      const message = JSON.parse(String(data))
      if (message.type === 'ready') resolve()
      else messages.push(message)
      for (const look of waiting) look()
    })
  })
  await ready
  const ofTickets = () => messages.filter(({ event }) => event?.startsWith('support_ticket.'))
  return {
    socket,
    messages,
    closed,
    got: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (ofTickets().length < count) return
          waiting.delete(look)
          resolve(ofTickets())
        }
        waiting.add(look)
        look()
      }),
  }
}

async function open(company: TestCompany, as: TestMember, subject: string) {
  const { body } = await server.ask(as, contract.createTicket, {
    body: { subject, description: 'x', priority: 'low', customer_id: company.customer.customer_id },
  })
  return body
}

describe('a socket', () => {
  it('tells those who may see a ticket of it, and nobody else', async () => {
    const company = await server.company()
    const stranger = await server.company()
    const agent = await listen(company.agent.token)
    const manager = await listen(company.manager.token)
    const others = [await listen(company.outsider.token), await listen(stranger.administrator.token)]
    const ticket = await open(company, company.agent, 'first')
    expect(await agent.got(1)).toMatchObject([{ event: 'support_ticket.created', data: { ticket: { id: ticket.id } } }])
    await manager.got(1)
    // Theirs comes after: had the first one been sent to them, it would have arrived before it.
    await open(company, company.outsider, 'second')
    await open(stranger, stranger.administrator, 'third')
    for (const other of others) {
      const [first] = await other.got(1)
      expect(first).not.toMatchObject({ data: { ticket: { id: ticket.id } } })
      other.socket.close()
    }
    agent.socket.close()
    manager.socket.close()
  })

  it('resumes after the last event seen, with nothing lost and nothing twice', async () => {
    const company = await server.company()
    const before = await listen(company.agent.token)
    await open(company, company.agent, 'seen')
    const [seen] = await before.got(1)
    before.socket.close()
    await before.closed
    for (const subject of ['missed one', 'missed two']) await open(company, company.agent, subject)
    const after = await listen(company.agent.token, seen?.event_id)
    await open(company, company.agent, 'live again')
    const subjects = (await after.got(3)).map(({ data }) => ('ticket' in data ? data.ticket.subject : ''))
    expect(subjects).toEqual(['missed one', 'missed two', 'live again'])
    after.socket.close()
  })

  it('says so where it cannot resume', async () => {
    const company = await server.company()
    const listener = await listen(company.agent.token, '01900000-0000-7000-8000-000000000000')
    await open(company, company.agent, 'x')
    await listener.got(1)
    expect(listener.messages[0]).toEqual({ type: 'reset' })
    listener.socket.close()
  })

  it('is closed when the token is not good, or what it says makes no sense', async () => {
    await expect(listen('nonsense')).rejects.toThrow('closed with 4401')
    const company = await server.company()
    const listener = await listen(company.agent.token)
    listener.socket.send('{"type":"shout"}')
    expect(await listener.closed).toBe(4400)
  })

  it('is closed as soon as the account behind it is deactivated', async () => {
    const company = await server.company()
    const listener = await listen(company.agent.token)
    const client = await server.database.app.connect()
    await client.query('begin')
    await client.query("select set_config('tessera.company_id', $1, true)", [company.company_id])
    await client.query('update users set is_active = false where id = $1', [company.agent.user_id])
    await client.query('commit')
    client.release()
    server.database.signals.send('principals_changed')
    expect(await listener.closed).toBe(4401)
  })
})
