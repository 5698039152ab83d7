import * as contract from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { type TestCompany, type TestMember, useTestServer } from '../../test/harness.ts'
import type { Actor } from '../platform/actor.ts'
import { transact } from '../platform/db/index.ts'
import { createTicket } from './create-ticket.ts'
import { maySee, type VisibilityFacts } from './policy.ts'

const server = useTestServer()

/** A ticket for each combination of team, assignee and creator. */
async function everyKind(company: TestCompany): Promise<Map<string, VisibilityFacts>> {
  const facts = new Map<string, VisibilityFacts>()
  for (const team_id of [company.team_id, company.other_team_id, null]) {
    for (const assigned_to_user_id of [company.agent.user_id, company.outsider.user_id, null]) {
      for (const creator of [company.agent, company.outsider, company.manager]) {
        const made = { team_id, assigned_to_user_id, created_by_user_id: creator.user_id }
        facts.set(await insert(company, creator, made), made)
      }
    }
  }
  return facts
}

async function insert(company: TestCompany, creator: TestMember, facts: VisibilityFacts): Promise<string> {
  const { company_id, customer } = company
  return await transact(server.database, { company_id, access: 'write' }, async (tx) => {
    const actor: Actor = { ...(await principalOf(creator)), request_id: null, ip_address: null }
    const { ticket } = await createTicket(tx, actor, {
      subject: 'x',
      description: 'x',
      customer_id: customer.customer_id,
      contact_id: null,
      priority: 'low',
      ticket_type: 'question',
      source_channel: 'api',
      sla_category: 'basic',
      inbox_id: null,
      team_id: facts.team_id,
      assigned_to_user_id: facts.assigned_to_user_id,
      opening: {
        activity_type: 'message',
        customer_id: null,
      },
    })
    return ticket.id
  })
}

const principalOf = ({ token }: TestMember) => server.identity.authenticate(token)

describe('the rule who may see a ticket', () => {
  it('is the same for a row in SQL and for a ticket at hand, whoever asks', async () => {
    const company = await server.company()
    const facts = await everyKind(company)
    const seen = new Map<string, number>()
    for (const member of [company.agent, company.lead, company.outsider, company.manager, company.administrator]) {
      const principal = await principalOf(member)
      const expected = [...facts].filter(([, ticket]) => maySee(principal, ticket)).map(([id]) => id)
      const { body } = await server.ask(member, contract.listTickets, { query: { page_size: 200 } })
      expect(body.results.map(({ id }) => id).sort()).toEqual(expected.sort())
      expect(body.pagination.total_count).toBe(expected.length)
      seen.set(member.full_name, expected.length)
    }
    expect(Object.fromEntries(seen)).toEqual({
      'Ada Agent': 19,
      'Leo Lead': 9,
      'Olga Outsider': 19,
      'Mia Manager': 27,
      'Adam Administrator': 27,
    })
  })
})
