import { EVENTS, type EventName } from '@tessera/contract'
import { manyOf, pageOf } from '../app/search.ts'

export const EVENT_NAMES = Object.keys(EVENTS).filter((name): name is EventName => Object.hasOwn(EVENTS, name))

export interface AuditSearch {
  event?: EventName[]
  page?: number
}

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const event = manyOf(EVENT_NAMES, raw.event)
  const page = pageOf(raw.page)
  return { ...(event && { event }), ...(page && { page }) }
}
