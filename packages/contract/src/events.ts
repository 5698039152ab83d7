import { type Static, type TSchema, Type } from 'typebox'
import { Activity } from './activities.ts'
import { type Instant, Uuid } from './schema.ts'
import { TicketEvent, TicketSummary } from './tickets.ts'

/** What happened, by name; the key is the event's name on the wire and in the audit trail. */
const TicketPayload = Type.Object({ ticket: Type.Omit(TicketSummary, ['abilities']) })
const ChangePayload = Type.Object({
  ticket: Type.Omit(TicketSummary, ['abilities']),
  changes: TicketEvent.properties.changes,
})

export const EVENTS = {
  'support_ticket.created': TicketPayload,
  'support_ticket.assigned': ChangePayload,
  'support_ticket.status_changed': ChangePayload,
  'support_ticket.updated': ChangePayload,
  'ticket.activity.created': Type.Object({ activity: Activity }),
  'mail.delivery_changed': Type.Object({
    activity_id: Type.Union([Uuid, Type.Null()]),
    state: Type.String(),
  }),
  'company.created': Type.Object({ name: Type.String() }),
  'team.created': Type.Object({ team_id: Uuid, name: Type.String() }),
  'user.created': Type.Object({ user_id: Uuid, role: Type.String() }),
  'user.signed_in': Type.Object({ user_id: Uuid }),
  'user.sign_in_failed': Type.Object({ user_id: Uuid }),
  'user.mfa_enrolled': Type.Object({ user_id: Uuid }),
  'inbox.created': Type.Object({ inbox_id: Uuid, address: Type.String() }),
  'mail.quarantined': Type.Object({ mail_message_id: Uuid, reason: Type.String() }),
} as const satisfies Record<string, TSchema>

export type EventName = keyof typeof EVENTS
export type EventData<N extends EventName> = Static<(typeof EVENTS)[N]>

/** One message on `/ws`. */
export interface SocketMessage<N extends EventName = EventName> {
  event: N
  event_id: string
  occurred_at: Static<typeof Instant>
  company_id: string
  data: EventData<N>
}
