import { createActivity, listActivities, listOutboundMessages } from '@tessera/contract'
import { expect, onTestFinished, test } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { drainMail, openTestOutbox } from '../../test/outbox.ts'

const server = useTestServer()

test('a ticket is acknowledged once', async () => {
  const { acknowledge, messages } = await openTestOutbox(server)
  expect(await acknowledge()).not.toBeNull()
  expect(await acknowledge()).toBeNull()
  expect(await messages()).toHaveLength(1)
})

test('one address gets five acknowledgements an hour, also when its mails come at once; others get theirs', async () => {
  const company = await server.company()
  const tickets = await Promise.all(Array.from({ length: 9 }, () => openTestOutbox(server, { company })))
  const [one, two, ...rest] = tickets as [(typeof tickets)[0], (typeof tickets)[0], ...typeof tickets]
  const noisy = 'Robot@Example.com'
  const queued = await Promise.all(rest.map(({ acknowledge }, n) => acknowledge(n % 2 ? noisy : noisy.toLowerCase())))
  expect(queued.filter((id) => id !== null)).toHaveLength(5)
  expect(await one.acknowledge(noisy)).toBeNull()
  expect(await one.acknowledge('somebody@example.com')).not.toBeNull()

  onTestFinished(() => server.setClock(null))
  server.setClock(Temporal.Now.instant().add({ minutes: 61 }).toString())
  expect(await two.acknowledge(noisy)).not.toBeNull()
})

test('a reply is on the activity, in the state of its mail', async () => {
  const { company, ticket, reply } = await openTestOutbox(server)
  const activity_id = await reply('Pull the plug.')
  const query = { ticket_id: ticket.id, activity_type: ['email'] }
  const before = await server.ask(company.agent, listActivities, { query })
  expect(before.body.results).toMatchObject([{ id: activity_id, delivery_state: 'queued' }])
  await drainMail(server, null)
  const after = await server.ask(company.agent, listActivities, { query })
  expect(after.body.results).toMatchObject([{ id: activity_id, delivery_state: 'kept' }])
})

test('nobody to write to is said at once, and nothing is left behind', async () => {
  const { company, ticket, messages } = await openTestOutbox(server)
  const { company_id, customer } = company
  await server.owner.query('delete from contact_addresses where company_id = $1 and contact_id = $2', [
    company_id,
    customer.contact_id,
  ])
  const body = { ticket_id: ticket.id, activity_type: 'email', activity_description: 'Hello?' }
  const answer = await server.ask(company.agent, createActivity, { body })
  expect(answer.status).toBe(422)
  expect(await messages()).toHaveLength(0)
})

test('the administrator reads the outbox newest first, page by page and by state; others do not', async () => {
  const outbox = await openTestOutbox(server)
  const { administrator, manager } = outbox.company
  await outbox.acknowledge()
  await drainMail(server, null)
  await outbox.reply('One')
  await outbox.reply('Two')

  const first = await server.ask(administrator, listOutboundMessages, { query: { page_size: 2 } })
  expect(first.status).toBe(200)
  expect(first.body.results.map(({ body_text, state }) => [body_text, state])).toEqual([
    ['Two', 'queued'],
    ['One', 'queued'],
  ])
  expect(first.body.pagination).toMatchObject({ page: 1, page_size: 2, total_count: 3, total_pages: 2 })
  const cursor = first.body.pagination.next_cursor ?? ''
  const second = await server.ask(administrator, listOutboundMessages, { query: { page_size: 2, cursor } })
  expect(second.body.results).toMatchObject([
    { purpose: 'acknowledgement', state: 'kept', ticket_id: outbox.ticket.id },
  ])
  expect(second.body.pagination.next_cursor).toBeNull()

  const kept = await server.ask(administrator, listOutboundMessages, { query: { state: ['kept'] } })
  expect(kept.body).toMatchObject({ pagination: { total_count: 1 }, filters: { state: ['kept'] } })
  expect((await server.ask(manager, listOutboundMessages)).status).toBe(403)
  const { administrator: stranger } = await server.company()
  expect((await server.ask(stranger, listOutboundMessages)).body.pagination.total_count).toBe(0)
})
