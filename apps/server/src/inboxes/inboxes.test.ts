import { listInboxes } from '@tessera/contract'
import { expect, test } from 'vitest'
import { type TestCompany, useTestServer } from '../../test/harness.ts'
import { systemActor } from '../agents/index.ts'
import { transact } from '../platform/db/index.ts'
import { createInbox, findInboxByAddress } from './index.ts'

const server = useTestServer()

function open({ company_id, team_id }: TestCompany, address: string): Promise<{ id: string }> {
  return transact(server.database, { company_id, access: 'write' }, async (tx) =>
    createInbox(tx, await systemActor(tx), { name: 'Another', address, team_id }),
  )
}

test('mail finds its inbox in whatever company, whatever the case, with any tag', async () => {
  const { company_id, inbox_id, inbox_address } = await server.company()
  const [local, domain] = inbox_address.split('@') as [string, string]
  const inbox = { company_id, inbox_id }
  for (const address of [
    inbox_address,
    inbox_address.toUpperCase(),
    `${local}+0abc@${domain}`,
    `${local}+a+b@${domain}`,
  ]) {
    expect(await findInboxByAddress(server.database, address), address).toEqual(inbox)
  }
  for (const address of [`${local}x@${domain}`, `x${local}@${domain}`, `${local}@x${domain}`, local, '', '@', '+@']) {
    expect(await findInboxByAddress(server.database, address), address).toBeUndefined()
  }
})

test('the inbox with the longest matching name wins, and a closed one receives nothing', async () => {
  const company = await server.company()
  const [local, domain] = company.inbox_address.split('@') as [string, string]
  const tagged = await open(company, `${local}+EU@${domain}`)
  expect(await findInboxByAddress(server.database, `${local}+eu+x@${domain}`)).toMatchObject({ inbox_id: tagged.id })
  expect(await findInboxByAddress(server.database, `${local}+us@${domain}`)).toMatchObject({
    inbox_id: company.inbox_id,
  })
  await server.owner.query('update inboxes set is_active = false where company_id = $1', [company.company_id])
  expect(await findInboxByAddress(server.database, company.inbox_address)).toBeUndefined()
})

test('an address belongs to one inbox in all companies', async () => {
  const { inbox_address } = await server.company()
  const other = await server.company()
  await expect(open(other, inbox_address.toUpperCase())).rejects.toMatchObject({ code: 'address_taken' })
})

test('agents see the inboxes of their teams, managers and administrators all, the executive none', async () => {
  const { agent, outsider, manager, administrator, executive, inbox_id, inbox_address, team_id } =
    await server.company()
  for (const member of [agent, manager, administrator]) {
    const { status, body } = await server.ask(member, listInboxes)
    expect(status).toBe(200)
    expect(body.results).toEqual([
      {
        id: inbox_id,
        name: 'Support',
        address: inbox_address,
        is_active: true,
        team: { id: team_id, name: 'Support' },
      },
    ])
    expect(body.pagination).toMatchObject({ page: 1, total_count: 1, total_pages: 1, next_cursor: null })
  }
  expect((await server.ask(outsider, listInboxes)).body.results).toEqual([])
  expect((await server.ask(executive, listInboxes)).status).toBe(403)
})
