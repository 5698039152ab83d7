import type { Activity, TicketEvent } from '@tessera/contract'

/** What a conversation shows, oldest first: messages, and between them the changes that happened meanwhile. */
export type TimelineItem =
  | { kind: 'activity'; id: string; activity: Activity }
  | { kind: 'history'; id: string; events: TicketEvent[] }

/** Weaves the history between the activities; neighbouring events become one item that can be folded. */
export function weave(activities: readonly Activity[], history: readonly TicketEvent[]): TimelineItem[] {
  const items: TimelineItem[] = []
  const moments = [
    ...activities.map((activity) => ({ at: activity.created_at, activity, event: undefined })),
    ...history.filter(isTold).map((event) => ({ at: event.occurred_at, activity: undefined, event })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))

  for (const { activity, event } of moments) {
    const last = items.at(-1)
    if (activity) items.push({ kind: 'activity', id: activity.id, activity })
    else if (last?.kind === 'history') last.events.push(event)
    else items.push({ kind: 'history', id: event.id, events: [event] })
  }
  return items
}

/** An activity and the way of its mail are told by the message itself. */
function isTold({ event }: TicketEvent): boolean {
  return event.startsWith('support_ticket.')
}

export type Voice = 'customer' | 'reply' | 'note' | 'call'

/** Who speaks to whom: it decides the colour and the word of a message. */
export function voiceOf(activity: Activity): Voice {
  if (activity.customer_id) return 'customer'
  if (activity.is_internal || activity.activity_type === 'note') return 'note'
  return activity.activity_type === 'call' ? 'call' : 'reply'
}
