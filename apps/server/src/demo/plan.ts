import type { SlaCategory, SourceChannel, StaffRole, TicketPriority } from '@tessera/contract'
import type { Instant } from '../platform/clock.ts'
import { type Chance, chance } from './chance.ts'
import { CUSTOMERS, type DemoCustomer } from './customers.ts'
import { dealStories, type Fate } from './fates.ts'
import { beforeBed, HOUR, whenPeopleWrite } from './hours.ts'
import { type Act, actsOf, type Life } from './life.ts'
import { schedule } from './schedule.ts'
import { drawSlots } from './slots.ts'
import { PEOPLE, type Person, type TeamName } from './staff.ts'
import type { Language, Story } from './story.ts'

export interface Step {
  at: Instant
  life: Life
  act: Act
}

const SEED = 1_869
/** Younger tickets came at any hour of the day, so that there are always some that just came. */
const LATELY = 48 * HOUR
const CHANNELS: readonly SourceChannel[] = ['email', 'email', 'email', 'email', 'email', 'email', 'web_form', 'portal']
const PRIORITIES: readonly TicketPriority[] = [
  'normal',
  'normal',
  'normal',
  'normal',
  'normal',
  'normal',
  'normal',
  'high',
]
const SLA: readonly SlaCategory[] = ['standard', 'standard', 'standard', 'premium', 'basic', 'standard', 'enterprise']

/** All that happened at the desk in the two months before `now`, in the order in which it happened. */
export function planSteps(now: Instant): Step[] {
  const end = Date.parse(now)
  const luck = chance(SEED)
  const nextCustomer = customersInTurn(luck)
  return dealStories(luck)
    .flatMap(({ fate, story }, place) => {
      const customer = nextCustomer(story.language ?? 'en')
      return stepsOf({ fate, story, customer, end, luck: chance(SEED + place + 1) })
    })
    .sort((a, b) => a.at.localeCompare(b.at))
}

interface Cue {
  fate: Fate
  story: Story
  customer: DemoCustomer
  /** Milliseconds of the Unix epoch: nothing happens after it. */
  end: number
  luck: Chance
}

function stepsOf({ fate, story, customer, end, luck }: Cue): Step[] {
  const { language = 'en' } = story
  const opened = fate.age < LATELY ? beforeBed(end - fate.age) : whenPeopleWrite(end - fate.age, luck)
  const assignee = luck.pick(staffOf(story.team, 'support_agent'))
  const life: Life = {
    story,
    customer,
    assignee,
    lead: luck.pick(staffOf(story.team, 'team_lead')),
    channel: story.channel ?? luck.pick(story.language ? ['email'] : CHANNELS),
    priority: story.priority ?? luck.pick(PRIORITIES),
    sla_category: SLA[CUSTOMERS[language].indexOf(customer) % SLA.length] ?? 'standard',
  }
  const slots = drawSlots(luck, { customer, language, opened, agent: assignee.full_name })
  const acts = actsOf({ life, status: fate.status, slots, luck })
  return schedule(acts, { opened, end, luck }).map(({ at, act }) => ({ at, life, act }))
}

function staffOf(team: TeamName, role: StaffRole): Person[] {
  return PEOPLE.filter((person) => person.role === role && person.teams.includes(team))
}

/** Everybody of a language once before anybody twice. */
function customersInTurn(luck: Chance): (language: Language) => DemoCustomer {
  const waiting = new Map<Language, DemoCustomer[]>()
  return (language) => {
    const queue = waiting.get(language) ?? []
    if (queue.length === 0) queue.push(...luck.shuffled(CUSTOMERS[language]))
    waiting.set(language, queue)
    const customer = queue.pop()
    if (!customer) throw new Error(`The demo has no customer who writes ${language}.`)
    return customer
  }
}
