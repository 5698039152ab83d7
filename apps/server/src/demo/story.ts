import type { ResolutionType, SourceChannel, TicketPriority, TicketType } from '@tessera/contract'
import type { TeamName } from './staff.ts'

export type Language = 'en' | 'de' | 'fr' | 'es' | 'ar'

export type Voice = 'customer' | 'agent' | 'note' | 'call'

/**
 * What somebody asked and what came of it, with `{slots}` where one such ticket differs from the next. The first turn is
 * the request; a story without an agent's turn is closed unanswered.
 */
export interface Story {
  team: TeamName
  type: TicketType
  subjects: readonly [string, ...string[]]
  turns: readonly [`customer: ${string}`, ...`${Voice}: ${string}`[]]
  ends: ResolutionType
  /** Absent: drawn, mostly `normal`. */
  priority?: TicketPriority
  /** Absent: drawn, mostly `email`. On the telephone an agent writes down what the customer says. */
  channel?: SourceChannel
  /** Why such a ticket may have to wait. */
  on_hold?: string
  /** What the customer writes when it turns out not to be over. */
  comes_back?: string
  /** Absent: `en`. */
  language?: Language
  /** Too particular to happen twice. */
  once?: true
}

export interface Turn {
  voice: Voice
  text: string
}

export function turnsOf({ turns }: Story): Turn[] {
  return turns.map((turn) => {
    const colon = turn.indexOf(': ')
    return { voice: turn.slice(0, colon) as Voice, text: turn.slice(colon + 2) }
  })
}

/** What stands in the slots of one ticket. */
export type Slots = Readonly<Record<string, string>>

/** @throws Error for a slot that has no value, so that no customer ever writes `{order}`. */
export function fill(text: string, slots: Slots): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name]
    if (value === undefined) throw new Error(`The demo has nothing for the slot {${name}} in “${text}”.`)
    return value
  })
}
