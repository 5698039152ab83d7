import * as contract from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { type TestCompany, type TestMember, useTestServer } from '../../test/harness.ts'

const server = useTestServer()

async function open(company: TestCompany, as: TestMember = company.agent, changes: object = {}) {
  const { status, body } = await server.ask(as, contract.createTicket, {
    body: {
      subject: 'The printer is on fire',
      description: 'Smoke everywhere.',
      priority: 'high',
      customer_id: company.customer.customer_id,
      ...changes,
    },
  })
  expect(status).toBe(201)
  return body
}

describe('a ticket', () => {
  it('is numbered, attributed and opened with the customer’s words', async () => {
    const company = await server.company()
    const ticket = await open(company)
    expect(ticket).toMatchObject({
      ticket_number: `TKT-${new Date().getFullYear()}-000001`,
      status: 'new',
      priority: 'high',
      team: { id: company.team_id },
      customer: { name: 'Clara Customer' },
      contact: { email: company.customer.address },
      created_by_user_id: company.agent.user_id,
      version: 1,
      abilities: { update: true, reply: true, transitions: ['in_progress', 'closed'] },
    })
    expect(ticket.activities).toMatchObject([{ activity_description: 'Smoke everywhere.', activity_type: 'message' }])
    expect(ticket.history).toMatchObject([{ event: 'support_ticket.created', actor: { full_name: 'Ada Agent' } }])
  })

  it('takes the company’s own year in its number, on both sides of the date line', async () => {
    server.setClock('2027-12-31T12:00:00.000Z')
    try {
      const ahead = await server.company('Pacific/Kiritimati')
      const behind = await server.company('Pacific/Pago_Pago')
      expect((await open(ahead)).ticket_number).toBe('TKT-2028-000001')
      expect((await open(behind)).ticket_number).toBe('TKT-2027-000001')
    } finally {
      server.setClock(null)
    }
  })

  it('gets a number of its own and without gaps, however many are opened at once', async () => {
    const company = await server.company()
    const tickets = await Promise.all(Array.from({ length: 40 }, () => open(company)))
    const numbers = tickets.map(({ ticket_number }) => Number(ticket_number.slice(-6))).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  it('is refused with each wrong field named', async () => {
    const company = await server.company()
    const { status, body } = await server.ask(company.agent, contract.createTicket, {
      body: { subject: ' ', priority: 'urgent', customer_id: 'nobody', colour: 'red' },
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error_code: 'validation_failed',
      details: {
        subject: ['must not be blank'],
        description: ['is required'],
        priority: ['must be one of: low, normal, high, critical, emergency'],
        customer_id: ['must match format "uuid"'],
        colour: ['is not a field of this request'],
      },
    })
  })

  it('cannot point to a customer of another company', async () => {
    const [mine, theirs] = [await server.company(), await server.company()]
    const { status, body } = await server.ask(mine.agent, contract.createTicket, {
      body: { subject: 'x', description: 'x', priority: 'low', customer_id: theirs.customer.customer_id },
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ details: { customer_id: ['names no customer of this company'] } })
  })

  it('cannot hold a character that the database has no place for, and says so', async () => {
    const company = await server.company()
    const { status, body } = await server.ask(company.agent, contract.createTicket, {
      body: { subject: 'a\u0000b', description: 'x', priority: 'low', customer_id: company.customer.customer_id },
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error_code: 'validation_failed' })
  })
})

describe('who sees a ticket', () => {
  it('the team, its lead, managers and administrators do; other teams, executives and other companies do not', async () => {
    const company = await server.company()
    const stranger = (await server.company()).administrator
    const ticket = await open(company)
    const read = async (as: TestMember | null) =>
      (await server.ask(as, contract.readTicket, { params: { id: ticket.id } })).status
    expect(await read(company.agent)).toBe(200)
    expect(await read(company.lead)).toBe(200)
    expect(await read(company.manager)).toBe(200)
    expect(await read(company.administrator)).toBe(200)
    expect(await read(company.outsider)).toBe(404)
    expect(await read(company.executive)).toBe(403)
    expect(await read(stranger)).toBe(404)
    expect(await read(null)).toBe(401)
  })

  it('lists and counts obey the same rule', async () => {
    const company = await server.company()
    await open(company)
    const count = async (as: TestMember) => {
      const { body } = await server.ask(as, contract.listTickets)
      return [body.results.length, body.pagination.total_count]
    }
    expect(await count(company.agent)).toEqual([1, 1])
    expect(await count(company.outsider)).toEqual([0, 0])
  })

  it('an assignment shows it to somebody of another team', async () => {
    const company = await server.company()
    const ticket = await open(company)
    const { status, body } = await server.ask(company.lead, contract.assignTicket, {
      params: { id: ticket.id },
      body: { version: 1, assigned_to_user_id: company.outsider.user_id },
    })
    expect(status).toBe(200)
    expect(body.ticket).toMatchObject({ status: 'assigned', version: 2 })
    expect((await server.ask(company.outsider, contract.readTicket, { params: { id: ticket.id } })).status).toBe(200)
  })

  it('refuses an assignee who cannot work on tickets', async () => {
    const company = await server.company()
    const ticket = await open(company)
    const { status, body } = await server.ask(company.lead, contract.assignTicket, {
      params: { id: ticket.id },
      body: { version: 1, assigned_to_user_id: company.executive.user_id },
    })
    expect(status).toBe(409)
    expect(body).toMatchObject({ error_code: 'assignee_not_eligible' })
  })
})

describe('a change', () => {
  it('names what really changed and leaves a fact behind', async () => {
    const company = await server.company()
    const ticket = await open(company)
    const { body } = await server.ask(company.agent, contract.updateTicket, {
      params: { id: ticket.id },
      body: { version: 1, priority: 'high', subject: 'It is out', status: 'in_progress' },
    })
    expect(body.changes).toEqual({
      subject: { from: 'The printer is on fire', to: 'It is out' },
      status: { from: 'new', to: 'in_progress' },
    })
    expect(body.ticket.history?.map(({ event }) => event)).toEqual([
      'support_ticket.created',
      'support_ticket.updated',
      'support_ticket.status_changed',
    ])
  })

  it('based on an old version is a conflict, and nothing is written', async () => {
    const company = await server.company()
    const ticket = await open(company)
    const change = (subject: string) =>
      server.ask(company.agent, contract.updateTicket, { params: { id: ticket.id }, body: { version: 1, subject } })
    const answers = await Promise.all([change('one'), change('two')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { body } = await server.ask(company.agent, contract.readTicket, { params: { id: ticket.id } })
    expect(body.version).toBe(2)
    expect(body.history).toHaveLength(2)
  })

  it('against the state machine is refused in words', async () => {
    const company = await server.company()
    const ticket = await open(company)
    const { status, body } = await server.ask(company.agent, contract.updateTicket, {
      params: { id: ticket.id },
      body: { version: 1, status: 'resolved', resolution_type: 'solved' },
    })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      error_code: 'invalid_status_transition',
      message: 'A ticket that is new cannot become resolved; it can become: assigned, in_progress, closed.',
    })
  })
})

describe('a list', () => {
  it('follows its cursor through every ticket once, newest first', async () => {
    const company = await server.company()
    const opened = []
    for (let index = 0; index < 7; index++) opened.push((await open(company)).id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string | number> = { page_size: 3, ...(cursor && { cursor }) }
      const { body } = await server.ask(company.agent, contract.listTickets, { query })
      seen.push(...body.results.map(({ id }) => id))
      expect(body.pagination).toMatchObject({ total_count: 7, total_pages: 3 })
      cursor = body.pagination.next_cursor
    } while (cursor)
    expect(seen).toEqual(opened.reverse())
  })

  it('filters by several values, by nobody and by me, and tells what applied', async () => {
    const company = await server.company()
    const mine = await open(company, company.agent, { assigned_to_user_id: company.agent.user_id, priority: 'low' })
    const free = await open(company)
    const ids = async (query: Record<string, string | string[]>) => {
      const { body } = await server.ask(company.agent, contract.listTickets, { query })
      return [body.results.map(({ id }) => id), body.filters]
    }
    expect(await ids({ assigned_to_user_id: 'me' })).toEqual([[mine.id], { assigned_to_user_id: 'me' }])
    expect(await ids({ assigned_to_user_id: 'none' })).toEqual([[free.id], { assigned_to_user_id: 'none' }])
    expect(await ids({ ticket_status: ['new', 'assigned'], priority: 'low' })).toEqual([
      [mine.id],
      { ticket_status: ['new', 'assigned'], priority: ['low'] },
    ])
  })

  it('takes a range of days in the company’s time zone', async () => {
    const company = await server.company('Pacific/Kiritimati')
    server.setClock('2026-03-01T11:00:00.000Z')
    const ticket = await open(company).finally(() => server.setClock(null))
    const found = async (date_range: string) => {
      const { body } = await server.ask(company.agent, contract.listTickets, { query: { date_range } })
      return body.results.map(({ id }) => id)
    }
    expect(await found('2026-03-02..2026-03-02')).toEqual([ticket.id])
    expect(await found('2026-03-01..2026-03-01')).toEqual([])
  })

  for (const query of [
    { page: 0 },
    { cursor: 'bm9wZQ' },
    { date_range: '2026-02-30..2026-03-01' },
    { colour: 'red' },
  ]) {
    it(`refuses ${JSON.stringify(query)} with the field named`, async () => {
      const company = await server.company()
      const { status, body } = await server.ask(company.agent, contract.listTickets, { query })
      expect(status).toBe(400)
      expect(Object.keys((body as unknown as contract.ErrorReply).details)).toEqual(Object.keys(query))
    })
  }
})
