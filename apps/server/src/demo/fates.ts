import type { TicketStatus } from '@tessera/contract'
import type { Chance } from './chance.ts'
import { HOUR } from './hours.ts'
import { ABROAD } from './stories/abroad.ts'
import { BILLING } from './stories/billing.ts'
import { ORDERS } from './stories/orders.ts'
import { SUPPORT } from './stories/support.ts'
import { TECHNICAL } from './stories/technical.ts'
import type { Story } from './story.ts'

/** How far a ticket has come by now, and how long ago it was opened. */
export interface Fate {
  status: TicketStatus
  /** Milliseconds. */
  age: number
}

const DAY = 24 * HOUR

/** As a desk looks that keeps up with its work: most is done, today's is not. */
const FATES: readonly { status: TicketStatus; count: number; youngest: number; oldest: number }[] = [
  { status: 'new', count: 12, youngest: HOUR / 6, oldest: 11 * HOUR },
  { status: 'assigned', count: 10, youngest: HOUR, oldest: 40 * HOUR },
  { status: 'in_progress', count: 18, youngest: 4 * HOUR, oldest: 8 * DAY },
  { status: 'on_hold', count: 9, youngest: 2 * DAY, oldest: 14 * DAY },
  { status: 'resolved', count: 22, youngest: 18 * HOUR, oldest: 8 * DAY },
  { status: 'reopened', count: 4, youngest: 5 * DAY, oldest: 15 * DAY },
  { status: 'closed', count: 225, youngest: 5 * DAY, oldest: 59 * DAY },
]

const STORIES: readonly Story[] = [...ORDERS, ...BILLING, ...TECHNICAL, ...SUPPORT, ...ABROAD]
/** Further rounds of stories are told in English. */
const ROUNDS_ABROAD = 2

/** A story for each fate, oldest first; the same story comes again only when all the others were told. */
export function dealStories(luck: Chance): { fate: Fate; story: Story }[] {
  const fates = FATES.flatMap(({ status, count, youngest, oldest }) =>
    Array.from({ length: count }, () => ({ status, age: Math.round(luck.between(youngest, oldest)) })),
  ).sort((a, b) => b.age - a.age)
  const pile: Story[] = []
  let round = 0

  function shuffleIn(): void {
    const told = STORIES.filter((story) => round === 0 || !story.once)
    pile.push(...luck.shuffled(told.filter(({ language }) => !language || round < ROUNDS_ABROAD)))
    round++
  }

  function take(status: TicketStatus): Story {
    const place = pile.findIndex((story) => fits(story, status))
    const [story] = place < 0 ? [] : pile.splice(place, 1)
    if (story) return story
    shuffleIn()
    return take(status)
  }

  return fates.map((fate) => ({ fate, story: take(fate.status) }))
}

function fits(story: Story, status: TicketStatus): boolean {
  if (status === 'closed') return true
  if (story.ends === 'spam') return false
  if (status === 'new') return story.channel !== 'phone'
  if (status === 'reopened') return story.comes_back !== undefined
  if (status === 'on_hold') return story.on_hold !== undefined
  return true
}
