import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listMailMessages, listOutboundMessages, type MailState, type OutboundState } from '@tessera/contract'
import { call } from '../app/api.ts'

export const mailKeys = { ledger: ['mail', 'ledger'], outbox: ['mail', 'outbox'] } as const

export interface MailFilter<State> {
  page?: number | undefined
  state?: State[] | undefined
}

export const ledgerQuery = (filter: MailFilter<MailState>) =>
  queryOptions({
    queryKey: [...mailKeys.ledger, filter],
    queryFn: () => call(listMailMessages, { query: definedOnly(filter) }),
    placeholderData: keepPreviousData,
  })

export const outboxQuery = (filter: MailFilter<OutboundState>) =>
  queryOptions({
    queryKey: [...mailKeys.outbox, filter],
    queryFn: () => call(listOutboundMessages, { query: definedOnly(filter) }),
    placeholderData: keepPreviousData,
  })

function definedOnly<State>({ page, state }: MailFilter<State>) {
  return { ...(page !== undefined && { page }), ...(state && { state }) }
}
