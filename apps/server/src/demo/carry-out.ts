import { setImmediate } from 'node:timers/promises'
import { addActivity, receiveReply } from '../activities/index.ts'
import { findOrCreateContact } from '../customers/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { assignTicket, changeStatus, createTicket, findTicket, type OpeningMessage } from '../tickets/index.ts'
import type { Founded } from './found.ts'
import type { Act, Life } from './life.ts'
import type { Step } from './plan.ts'
import { INBOX_OF_TEAM } from './staff.ts'

interface TicketOfLife {
  ticket_id: string
  customer_id: string
}

/** Does every step by the command everybody uses, each at its own moment of the past. */
export async function carryOut(tx: Tx, founded: Founded, steps: readonly Step[]): Promise<void> {
  const opened = new Map<Life, TicketOfLife>()
  for (const { at, life, act } of steps) {
    await nextMillisecond()
    const then: Tx = { ...tx, now: at }
    const ticket = opened.get(life)
    if (act.does === 'open') opened.set(life, await open(then, founded, life, act))
    else if (ticket) await goOn(then, founded, life, ticket, act)
    else throw new Error('A demo ticket goes on before it was opened.')
  }
}

/** The audit trail goes by ids, and those made within one millisecond fall in any order. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now()
  while (Date.now() === now) await setImmediate()
}

async function open(
  tx: Tx,
  founded: Founded,
  life: Life,
  { subject, text }: Extract<Act, { does: 'open' }>,
): Promise<TicketOfLife> {
  const { story, customer, channel, priority, sla_category, assignee } = life
  const [full_name, address] = customer
  const { customer_id, contact_id } = await findOrCreateContact(tx, { address, full_name })
  const by_phone = channel === 'phone'
  const { ticket } = await createTicket(tx, by_phone ? founded.actor(assignee) : founded.system, {
    subject,
    description: text,
    customer_id,
    contact_id,
    priority,
    ticket_type: story.type,
    source_channel: channel,
    sla_category,
    team_id: founded.team_id(story.team),
    inbox_id: founded.inbox_id(INBOX_OF_TEAM[story.team]),
    assigned_to_user_id: by_phone ? founded.actor(assignee).user_id : null,
    opening: by_phone ? { activity_type: 'call', customer_id } : heard(life, customer_id),
  })
  return { ticket_id: ticket.id, customer_id }
}

async function goOn(
  tx: Tx,
  founded: Founded,
  life: Life,
  { ticket_id, customer_id }: TicketOfLife,
  act: Exclude<Act, { does: 'open' }>,
): Promise<void> {
  const ticket = await findTicket(tx, { id: ticket_id })
  if (!ticket) throw new Error(`The demo ticket ${ticket_id} was there a moment ago.`)
  const assignee = founded.actor(life.assignee)
  switch (act.does) {
    case 'assign':
      await assignTicket(tx, founded.actor(act.by), ticket, assignee.user_id)
      return
    case 'hear':
      await receiveReply(tx, founded.system, ticket, { ...heard(life, customer_id), text: act.text, from_person: true })
      return
    case 'write': {
      const { activity_type, text: activity_description, minutes: time_spent_minutes } = act
      await addActivity(tx, founded.actor(act.by), {
        ticket_id,
        activity_type,
        activity_description,
        time_spent_minutes,
      })
      return
    }
    case 'hold':
      await changeStatus(tx, assignee, ticket, { to: 'on_hold', on_hold_reason: act.reason })
      return
    case 'resume':
      await changeStatus(tx, assignee, ticket, { to: 'in_progress' })
      return
    case 'resolve':
      await changeStatus(tx, assignee, ticket, { to: 'resolved', resolution_type: life.story.ends })
      return
    case 'close':
      await changeStatus(tx, closer(founded, life, ticket.resolution_date), ticket, {
        to: 'closed',
        resolution_type: life.story.ends,
      })
  }
}

/** What was resolved closes by itself after some days; anything else was closed by somebody. */
function closer(founded: Founded, { assignee }: Life, resolution_date: string | null): Actor {
  return resolution_date ? founded.system : founded.actor(assignee)
}

/** What the customer says, on the way they chose; who telephoned first writes mail later. */
function heard({ channel, customer, story }: Life, customer_id: string): OpeningMessage {
  if (channel !== 'email' && channel !== 'phone') return { activity_type: 'message', customer_id }
  const [, from_email] = customer
  return { activity_type: 'email', customer_id, from_email, to_emails: [INBOX_OF_TEAM[story.team]] }
}
