import * as contract from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { type TestCompany, type TestMember, useTestServer } from '../../test/harness.ts'

const server = useTestServer()

async function open({ agent, customer }: TestCompany): Promise<string> {
  const { body } = await server.ask(agent, contract.createTicket, {
    body: { subject: 'x', description: 'y', priority: 'low', customer_id: customer.customer_id },
  })
  return body.id
}

const add = (as: TestMember, body: object) => server.ask(as, contract.createActivity, { body })

async function read({ agent }: TestCompany, id: string) {
  return (await server.ask(agent, contract.readTicket, { params: { id } })).body
}

describe('what staff adds to a ticket', () => {
  it('an answer is the first response, takes the ticket into progress and is queued to the contact', async () => {
    const company = await server.company()
    const ticket_id = await open(company)
    const { status, body } = await add(company.agent, {
      ticket_id,
      activity_type: 'email',
      activity_description: 'Leave the room.',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      is_internal: false,
      from_email: company.inbox_address,
      to_emails: [company.customer.address],
      delivery_state: 'queued',
      user: { full_name: 'Ada Agent' },
    })
    const ticket = await read(company, ticket_id)
    expect(ticket).toMatchObject({ status: 'in_progress', first_response_date: body.created_at })
    await add(company.agent, { ticket_id, activity_type: 'email', activity_description: 'And call us.' })
    expect((await read(company, ticket_id)).first_response_date).toBe(body.created_at)
  })

  it.for(['note', 'call'])('a %s stays inside, answers nobody and moves nothing', async (activity_type) => {
    const company = await server.company()
    const ticket_id = await open(company)
    const { body } = await add(company.agent, {
      ticket_id,
      activity_type,
      activity_description: 'He is angry.',
      time_spent_minutes: 5,
    })
    expect(body).toMatchObject({
      is_internal: true,
      is_customer_visible: false,
      time_spent_minutes: 5,
      to_emails: [],
      delivery_state: null,
    })
    expect(await read(company, ticket_id)).toMatchObject({ status: 'new', first_response_date: null, version: 1 })
  })

  it('goes to a ticket one sees, or to none', async () => {
    const company = await server.company()
    const ticket_id = await open(company)
    const note = { ticket_id, activity_type: 'note', activity_description: 'x' }
    expect((await add(company.outsider, note)).status).toBe(404)
    expect((await add((await server.company()).administrator, note)).status).toBe(404)
    expect((await add(company.executive, note)).status).toBe(403)
    expect((await read(company, ticket_id)).activities).toHaveLength(1)
  })

  it('is listed to those who see its ticket, and to nobody else', async () => {
    const company = await server.company()
    const ticket_id = await open(company)
    await add(company.agent, { ticket_id, activity_type: 'note', activity_description: 'secret' })
    const list = async (as: TestMember, query = {}) => {
      const { body } = await server.ask(as, contract.listActivities, { query })
      return [body.results.map(({ activity_description }) => activity_description), body.pagination.total_count]
    }
    expect(await list(company.lead)).toEqual([['secret', 'y'], 2])
    expect(await list(company.lead, { activity_type: 'note', ticket_id })).toEqual([['secret'], 1])
    expect(await list(company.outsider)).toEqual([[], 0])
  })

  it('is refused where nobody could receive it, with what to do instead', async () => {
    const company = await server.company()
    const ticket_id = await open(company)
    const { status, body } = await add(company.agent, {
      ticket_id,
      activity_type: 'email',
      activity_description: 'x',
      to_emails: ['not an address'],
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ details: { 'to_emails.0': ['must match format "email"'] } })
  })
})
