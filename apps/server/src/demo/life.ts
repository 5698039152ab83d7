import type { ActivityType, SlaCategory, SourceChannel, TicketPriority, TicketStatus } from '@tessera/contract'
import type { Chance } from './chance.ts'
import type { DemoCustomer } from './customers.ts'
import { AFTERWARDS, MANNERS } from './manners.ts'
import type { Person } from './staff.ts'
import { fill, type Slots, type Story, turnsOf } from './story.ts'

/** One ticket from its request to where it stands now. */
export interface Life {
  story: Story
  customer: DemoCustomer
  assignee: Person
  /** Who assigns what the agents do not take themselves. */
  lead: Person
  channel: SourceChannel
  priority: TicketPriority
  sla_category: SlaCategory
}

/** One thing that somebody does with a ticket. */
export type Act =
  | { does: 'open'; subject: string; text: string }
  | { does: 'assign'; by: Person }
  | { does: 'hear'; text: string }
  | { does: 'write'; by: Person; activity_type: Exclude<ActivityType, 'email'>; text: string; minutes: number }
  | { does: 'hold'; reason: string }
  | { does: 'resume' }
  | { does: 'resolve' }
  | { does: 'close' }

interface Cast {
  life: Life
  /** What the ticket comes to. */
  status: TicketStatus
  slots: Slots
  luck: Chance
}

const HELD_ON_THE_WAY = 0.3
const CAME_BACK_ON_THE_WAY = 0.3

/** What happens to one ticket, in order, until it is where it is to be. */
export function actsOf(cast: Cast): Act[] {
  const { life, status, luck } = cast
  const [request, ...turns] = conversation(cast)
  const opening = request ? [request] : []
  if (status === 'new') return opening
  // Nobody answers spam.
  if (!turns.some(isAnswer)) return [...opening, { does: 'close' }]
  const by = luck.happens(0.35) ? life.lead : life.assignee
  const taken: Act[] = life.channel === 'phone' ? opening : [...opening, { does: 'assign', by }]
  const answered = turns.findIndex(isAnswer) + 1
  switch (status) {
    case 'assigned':
      return taken
    case 'in_progress':
      return [...taken, ...turns.slice(0, luck.whole(answered, Math.max(answered, turns.length - 1)))]
    case 'on_hold':
      return [...taken, ...turns.slice(0, answered), ...hold(cast)]
    default:
      return [...taken, ...withPause(cast, turns, answered), { does: 'resolve' }, ...aftermath(cast)]
  }
}

function isAnswer(act: Act): boolean {
  return act.does === 'write' && act.activity_type === 'message'
}

/** What came after the ticket was resolved. */
function aftermath(cast: Cast): Act[] {
  const { life, status, slots, luck } = cast
  const { comes_back, language = 'en' } = life.story
  if (status === 'resolved') return []
  const returns: Act[] = comes_back ? [{ does: 'hear', text: letter(cast, fill(comes_back, slots)) }] : []
  if (status === 'reopened') return returns
  if (!comes_back || !luck.happens(CAME_BACK_ON_THE_WAY)) return [{ does: 'close' }]
  return [...returns, answer(cast, AFTERWARDS[language]), { does: 'resolve' }, { does: 'close' }]
}

function withPause(cast: Cast, turns: Act[], answered: number): Act[] {
  const pause = cast.luck.happens(HELD_ON_THE_WAY) ? hold(cast) : []
  const resume: Act[] = pause.length > 0 ? [{ does: 'resume' }] : []
  return [...turns.slice(0, answered), ...pause, ...resume, ...turns.slice(answered)]
}

function hold({ life: { story }, slots }: Cast): Act[] {
  return story.on_hold ? [{ does: 'hold', reason: fill(story.on_hold, slots) }] : []
}

function conversation(cast: Cast): Act[] {
  const { life, slots, luck } = cast
  return turnsOf(life.story).map(({ voice, text: template }, place): Act => {
    const text = fill(template, slots)
    if (place === 0) {
      const subject = fill(luck.pick(life.story.subjects), slots)
      return { does: 'open', subject, text: life.channel === 'phone' ? text : letter(cast, text) }
    }
    if (voice === 'customer') return { does: 'hear', text }
    if (voice === 'agent') return answer(cast, text)
    const by = voice === 'note' && luck.happens(0.25) ? life.lead : life.assignee
    return { does: 'write', by, activity_type: voice, text, minutes: luck.whole(2, 12) }
  })
}

function answer(cast: Cast, text: string): Act {
  const { life, luck, slots } = cast
  const [opening, closing] = MANNERS[life.story.language ?? 'en'].agent
  const framed = isLetter(life) ? [fill(opening, slots), fill(text, slots), fill(closing, slots)].join('\n\n') : text
  return { does: 'write', by: life.assignee, activity_type: 'message', text: framed, minutes: luck.whole(3, 25) }
}

function letter({ life, luck, slots }: Cast, text: string): string {
  if (!isLetter(life)) return text
  const [opening, closing] = luck.pick(MANNERS[life.story.language ?? 'en'].customer)
  return [opening, text, fill(closing, slots)].join('\n\n')
}

function isLetter({ channel }: Life): boolean {
  return channel !== 'chat' && channel !== 'social_media'
}
