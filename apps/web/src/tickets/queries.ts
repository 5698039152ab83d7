import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  type Activity,
  type ListTicketsQuery,
  listTickets,
  readTicket,
  type Ticket,
  type TicketSummary,
} from '@tessera/contract'
import { type CallReply, call } from '../app/api.ts'

export type TicketPage = CallReply<typeof listTickets>

export const ticketKeys = {
  lists: ['tickets', 'list'],
  list: (query: ListTicketsQuery) => ['tickets', 'list', query],
  details: ['tickets', 'detail'],
  detail: (id: string) => ['tickets', 'detail', id],
} as const

export const ticketPageQuery = (query: ListTicketsQuery) =>
  queryOptions({
    queryKey: ticketKeys.list(query),
    queryFn: () => call(listTickets, { query }),
    placeholderData: keepPreviousData,
    retryOnMount: false,
  })

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ticketKeys.detail(id),
    queryFn: () => call(readTicket, { params: { id } }),
    retryOnMount: false,
  })

/** What the socket says of a ticket: everything but the reader's own abilities. */
type TicketNews = Omit<TicketSummary, 'abilities'>

/** Takes over what changed wherever the ticket is shown; what is older than what is shown is left aside. */
export function patchTicket(cache: QueryClient, news: TicketNews): void {
  cache.setQueriesData<TicketPage>(
    { queryKey: ticketKeys.lists },
    (page) => page && { ...page, results: page.results.map((row) => withNews(row, news)) },
  )
  cache.setQueryData<Ticket>(ticketKeys.detail(news.id), (ticket) => ticket && withNews(ticket, news))
}

function withNews<T extends { id: string; version: number }>(shown: T, news: TicketNews): T {
  return shown.id === news.id && news.version >= shown.version ? { ...shown, ...news } : shown
}

/** Shows the answer of a change at once. The answer may leave out the conversation; it stays as it was. */
export function keepTicket(cache: QueryClient, answer: Ticket): void {
  cache.setQueryData<Ticket>(ticketKeys.detail(answer.id), (shown) => (shown ? { ...shown, ...answer } : shown))
}

/** Adds a new activity to the open conversation, once, wherever it came from first. */
export function addActivity(cache: QueryClient, activity: Activity): void {
  cache.setQueryData<Ticket>(ticketKeys.detail(activity.ticket_id), (ticket) => {
    if (!ticket) return ticket
    const others = (ticket.activities ?? []).filter(({ id }) => id !== activity.id)
    return { ...ticket, activities: [...others, activity] }
  })
}

/** Follows the way of an outgoing mail on the activity it carries. */
export function patchDelivery(cache: QueryClient, activity_id: string, state: Activity['delivery_state']): void {
  cache.setQueriesData<Ticket>({ queryKey: ticketKeys.details }, (ticket) => {
    if (!ticket?.activities?.some(({ id }) => id === activity_id)) return ticket
    return {
      ...ticket,
      activities: ticket.activities.map((one) => (one.id === activity_id ? { ...one, delivery_state: state } : one)),
    }
  })
}
