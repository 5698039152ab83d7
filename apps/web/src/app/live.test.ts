import { QueryClient } from '@tanstack/react-query'
import type { Activity, SocketMessage, Ticket } from '@tessera/contract'
import { beforeEach, expect, test } from 'vitest'
import { ticketKeys } from '../tickets/queries.ts'
import { applyEvent } from './live.ts'

const ID = '0190a000-0000-7000-8000-000000000001'

const activity = (id: string, more: Partial<Activity> = {}) => ({ id, ticket_id: ID, mail_message_id: null, ...more })
const shown = { id: ID, version: 4, status: 'new', abilities: { reply: true }, activities: [activity('a1')] }
const message = (event: string, data: unknown) => ({ event, event_id: 'e', data }) as unknown as SocketMessage

let cache: QueryClient

beforeEach(() => {
  cache = new QueryClient()
  cache.setQueryData(ticketKeys.detail(ID), shown)
  cache.setQueryData(ticketKeys.list({}), { results: [{ id: ID, version: 4, status: 'new', abilities: {} }] })
})

const ticket = () => cache.getQueryData<Ticket>(ticketKeys.detail(ID))

test('an activity that arrives twice is shown once', () => {
  const arrival = message('ticket.activity.created', { activity: activity('a2') })
  applyEvent(cache, arrival)
  applyEvent(cache, arrival)
  expect(ticket()?.activities?.map(({ id }) => id)).toEqual(['a1', 'a2'])
})

test('a change is shown in the open ticket and in every list, with the reader’s own abilities kept', () => {
  applyEvent(cache, message('support_ticket.status_changed', { ticket: { id: ID, version: 5, status: 'assigned' } }))
  expect(ticket()).toMatchObject({ status: 'assigned', abilities: { reply: true }, activities: [{ id: 'a1' }] })
  expect(cache.getQueryData(ticketKeys.list({}))).toMatchObject({ results: [{ status: 'assigned' }] })
})

test('news older than what is shown does not turn it back', () => {
  applyEvent(cache, message('support_ticket.updated', { ticket: { id: ID, version: 3, status: 'closed' } }))
  expect(ticket()?.status).toBe('new')
})

test('the way of a reply’s mail is followed on the reply', () => {
  applyEvent(cache, message('mail.delivery_changed', { activity_id: 'a1', state: 'sent' }))
  expect(ticket()?.activities?.[0]?.delivery_state).toBe('sent')
})

test('a new ticket has every list fetched again', async () => {
  applyEvent(cache, message('support_ticket.created', { ticket: { id: 'another' } }))
  await expect.poll(() => cache.getQueryState(ticketKeys.list({}))?.isInvalidated).toBe(true)
})
