import { RESOLUTION_TYPES, TICKET_PRIORITIES, TICKET_STATUSES, TICKET_TYPES, type TicketEvent } from '@tessera/contract'
import type { Translate } from '../app/i18n.ts'

type Change = TicketEvent['changes'][string]

interface Words {
  t: Translate
  /** The name behind a user's id, where it is known. */
  nameOf: (id: string) => string | undefined
}

type Describe = (change: Change, words: Words) => string

/** Fields whose change is worth a sentence; the others follow from these. */
const FIELDS: Record<string, Describe> = {
  status: ({ from, to }, words) =>
    words.t('history.status', { from: statusName(from, words), to: statusName(to, words) }),
  priority: ({ to }, { t }) =>
    t('history.priority', { to: named(TICKET_PRIORITIES, to, (one) => t(`ticket.priority.${one}`)) }),
  ticket_type: ({ to }, { t }) => t('history.type', { to: named(TICKET_TYPES, to, (one) => t(`ticket.type.${one}`)) }),
  resolution_type: ({ to }, { t }) =>
    to === null
      ? ''
      : t('history.resolution', { to: named(RESOLUTION_TYPES, to, (one) => t(`ticket.resolution.${one}`)) }),
  on_hold_reason: ({ to }, { t }) => (typeof to === 'string' ? t('history.on_hold_reason', { reason: to }) : ''),
  assigned_to_user_id: ({ to }, words) => assignment(to, words),
  assigned_to: ({ to }, words) => assignment(to, words),
  subject: ({ to }, { t }) => t('history.subject', { to: String(to) }),
  description: (_, { t }) => t('history.description'),
}

/** What an event did, a sentence part for each change: “moved it from New to Assigned”. */
export function describeEvent({ event, changes }: TicketEvent, words: Words): string[] {
  if (event === 'support_ticket.created') return [words.t('history.created')]
  const parts = Object.entries(changes).map(([field, change]) => FIELDS[field]?.(change, words) ?? '')
  const told = [...new Set(parts.filter(Boolean))]
  return told.length > 0 ? told : [words.t('history.updated')]
}

function assignment(to: unknown, { t, nameOf }: Words): string {
  if (to === null || to === undefined) return t('history.unassigned')
  const name = typeof to === 'string' ? nameOf(to) : nameIn(to)
  return t('history.assigned', { name: name ?? t('history.somebody') })
}

function nameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('full_name' in value)) return undefined
  return String(value.full_name)
}

function statusName(value: unknown, { t }: Words): string {
  return named(TICKET_STATUSES, value, (status) => t(`ticket.status.${status}`))
}

function named<T extends string>(known: readonly T[], value: unknown, name: (value: T) => string): string {
  const one = known.find((candidate) => candidate === value)
  return one ? name(one) : String(value)
}
