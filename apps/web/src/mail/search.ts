import { MAIL_STATES, type MailState, OUTBOUND_STATES, type OutboundState } from '@tessera/contract'
import { manyOf, pageOf } from '../app/search.ts'

interface MailSearch<State> {
  state?: State[]
  page?: number
}

export function readLedgerSearch(raw: Record<string, unknown>): MailSearch<MailState> {
  return readSearch(MAIL_STATES, raw)
}

export function readOutboxSearch(raw: Record<string, unknown>): MailSearch<OutboundState> {
  return readSearch(OUTBOUND_STATES, raw)
}

function readSearch<State extends string>(states: readonly State[], raw: Record<string, unknown>): MailSearch<State> {
  const state = manyOf(states, raw.state)
  const page = pageOf(raw.page)
  return { ...(state && { state }), ...(page && { page }) }
}
