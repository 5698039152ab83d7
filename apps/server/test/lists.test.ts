import * as contract from '@tessera/contract'
import { describe, expect, it } from 'vitest'
import { createUser, systemActor } from '../src/agents/index.ts'
import { transact } from '../src/platform/db/index.ts'
import { type TestCompany, useTestServer } from './harness.ts'

const server = useTestServer()

type List = contract.Route & Pick<typeof contract.listUsers, 'reply'>

const LISTS = Object.entries(contract)
  .filter(([name]) => name.startsWith('list'))
  .map(([name, route]) => [name, route as List] as const)

/** Somebody who was hired this morning: no team yet. */
async function newcomer({ company_id }: TestCompany) {
  const { id: user_id } = await transact(server.database, { company_id, access: 'write' }, async (tx) =>
    createUser(tx, await systemActor(tx), {
      full_name: 'Nina Newcomer',
      email: 'nina@new.test',
      role: 'support_agent',
      identity_id: null,
    }),
  )
  return await server.identity.issueToken({ user_id, company_id, role: 'support_agent' })
}

describe('every list of the contract', () => {
  it('is found by this suite', () => expect(LISTS.length).toBeGreaterThan(7))

  it.for(LISTS)('%s has the documented form, for whoever may read it', async ([, route]) => {
    const company = await server.company()
    for (const member of [company.administrator, await newcomer(company), company.executive]) {
      const { status, body } = await server.ask(member, route)
      const may = (await server.identity.authenticate(member.token)).permissions.has(
        route.access as contract.Permission,
      )
      expect(status).toBe(may ? 200 : 403)
      if (may) {
        expect(body).toEqual({
          results: expect.any(Array),
          pagination: expect.objectContaining({ page: 1, total_count: body.results.length, next_cursor: null }),
          filters: {},
        })
      }
    }
  })

  it.for(LISTS)('%s is not there for nobody, and empty or its own for another company', async ([, route]) => {
    expect((await server.ask(null, route)).status).toBe(401)
    const [mine, theirs] = [await server.company(), await server.company()]
    const { body } = await server.ask(theirs.administrator, route)
    expect(JSON.stringify(body)).not.toContain(mine.company_id)
    expect(JSON.stringify(body)).not.toContain(mine.agent.user_id)
  })

  it('follows its cursor to the end, one row at a time, without a gap or a double', async () => {
    const { administrator } = await server.company()
    const all = await server.ask(administrator, contract.listEvents, { query: { page_size: 200 } })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string | number> = { page_size: 1, ...(cursor && { cursor }) }
      const { body } = await server.ask(administrator, contract.listEvents, { query })
      seen.push(...body.results.map(({ id }) => id))
      cursor = body.pagination.next_cursor
    } while (cursor)
    expect(seen).toEqual(all.body.results.map(({ id }) => id))
    expect(seen.length).toBeGreaterThan(5)
  })
})
