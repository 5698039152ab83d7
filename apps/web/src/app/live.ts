import type { QueryClient } from '@tanstack/react-query'
import { type EventData, type EventName, OUTBOUND_STATES, type SocketMessage } from '@tessera/contract'
import { auditKeys } from '../audit/queries.ts'
import { mailKeys } from '../mail/queries.ts'
import { addActivity, patchDelivery, patchTicket, ticketKeys } from '../tickets/queries.ts'

type Follow = { [N in EventName]?: (cache: QueryClient, data: EventData<N>) => void }

/** What each event changes on the screens; an event without an entry changes the audit trail alone. */
const FOLLOW: Follow = {
  'support_ticket.created': (cache) => refresh(cache, ticketKeys.lists),
  'support_ticket.assigned': changed,
  'support_ticket.status_changed': changed,
  'support_ticket.updated': changed,
  'ticket.activity.created': (cache, { activity }) => {
    addActivity(cache, activity)
    refresh(cache, ticketKeys.lists)
    if (activity.mail_message_id) refresh(cache, mailKeys.ledger)
  },
  'mail.delivery_changed': (cache, { activity_id, state }) => {
    const known = OUTBOUND_STATES.find((one) => one === state)
    if (activity_id && known) patchDelivery(cache, activity_id, known)
    refresh(cache, mailKeys.outbox)
  },
  'mail.quarantined': (cache) => refresh(cache, mailKeys.ledger),
}

/** Brings one event into the query cache: patched where the event says it all, fetched anew where it does not. */
export function applyEvent<N extends EventName>(cache: QueryClient, { event, data }: SocketMessage<N>): void {
  FOLLOW[event]?.(cache, data)
  refresh(cache, auditKeys.trail)
}

/** After a gap nobody knows what was missed: everything on screen is asked for again. */
export function refreshAll(cache: QueryClient): void {
  refresh(cache, ['tickets'])
  refresh(cache, ['mail'])
  refresh(cache, auditKeys.trail)
}

function changed(cache: QueryClient, { ticket }: EventData<'support_ticket.updated'>): void {
  patchTicket(cache, ticket)
  // What the reader may do now, and the history, come with the ticket itself.
  refresh(cache, ticketKeys.detail(ticket.id))
  refresh(cache, ticketKeys.lists)
}

const waiting = new WeakMap<QueryClient, Map<string, ReturnType<typeof setTimeout>>>()
const GATHER_MS = 150

/** Fetches anew what is on screen; a burst of events becomes one fetch. */
function refresh(cache: QueryClient, queryKey: readonly unknown[]): void {
  const timers = waiting.get(cache) ?? new Map<string, ReturnType<typeof setTimeout>>()
  waiting.set(cache, timers)
  const name = JSON.stringify(queryKey)
  if (timers.has(name)) return
  const fetchAnew = () => {
    timers.delete(name)
    void cache.invalidateQueries({ queryKey })
  }
  timers.set(name, setTimeout(fetchAnew, GATHER_MS))
}
