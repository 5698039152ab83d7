import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Email, Instant, Line, ListOf, NamedRef, Nullable, PageQuery, UserRef, Uuid } from './schema.ts'
import { ACTIVITY_TYPES, OUTBOUND_STATES } from './values.ts'

export const ActivityAttachment = Type.Object({
  filename: Type.String(),
  content_type: Type.String(),
  size: Type.Integer(),
})

export const Activity = Type.Object({
  id: Uuid,
  ticket_id: Uuid,
  user_id: Uuid,
  customer_id: Nullable(Uuid),
  activity_type: Type.Enum(ACTIVITY_TYPES),
  activity_description: Type.String({ description: 'plain text, without the quoted history' }),
  quoted_text: Nullable(Type.String({ description: 'the quoted history and signature, to be folded away' })),
  body_html: Nullable(Type.String({ description: 'sanitised; shown in a sandboxed frame' })),
  is_internal: Type.Boolean(),
  is_customer_visible: Type.Boolean(),
  time_spent_minutes: Type.Integer(),
  from_email: Nullable(Type.String()),
  to_emails: Type.Array(Type.String()),
  cc_emails: Type.Array(Type.String()),
  bcc_emails: Type.Array(Type.String()),
  attachments: Type.Array(ActivityAttachment),
  mail_message_id: Nullable(Uuid),
  threading_reason: Nullable(Type.String()),
  delivery_state: Nullable(Type.Enum(OUTBOUND_STATES)),
  created_at: Instant,
  user: UserRef,
  customer: Nullable(NamedRef),
})
export type Activity = Static<typeof Activity>

export const CreateActivityBody = Type.Object(
  {
    ticket_id: Uuid,
    activity_type: Type.Enum(ACTIVITY_TYPES),
    activity_description: Line(100_000),
    time_spent_minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1440 })),
    to_emails: Type.Optional(Type.Array(Email, { maxItems: 50 })),
    cc_emails: Type.Optional(Type.Array(Email, { maxItems: 50 })),
  },
  { additionalProperties: false },
)
export type CreateActivityBody = Static<typeof CreateActivityBody>

export const listActivities = route({
  method: 'GET',
  path: '/api/ticket-activities/',
  access: 'read_support_ticket',
  summary: 'List the activities of the tickets one may see, newest first',
  query: Type.Object(
    {
      ...PageQuery,
      ticket_id: Type.Optional(Uuid),
      activity_type: Type.Optional(Type.Array(Type.Enum(ACTIVITY_TYPES))),
      user_id: Type.Optional(Uuid),
    },
    { additionalProperties: false },
  ),
  reply: ListOf(Activity),
})

export const createActivity = route({
  method: 'POST',
  path: '/api/ticket-activities/',
  access: 'update_support_ticket',
  summary: 'Reply to the customer (`email`), or add a `note`, a `call` or a `message`',
  status: 201,
  body: CreateActivityBody,
  reply: Activity,
})
