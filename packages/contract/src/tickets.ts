import { type Static, Type } from 'typebox'
import { Activity } from './activities.ts'
import { route } from './route.ts'
import { IdParams, Instant, Line, ListOf, NamedRef, Nullable, PageQuery, UserRef, Uuid } from './schema.ts'
import {
  RESOLUTION_TYPES,
  SLA_CATEGORIES,
  SOURCE_CHANNELS,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TICKET_TYPES,
} from './values.ts'

const TicketFields = {
  id: Uuid,
  company_id: Uuid,
  customer_id: Uuid,
  contact_id: Nullable(Uuid),
  assigned_to_user_id: Nullable(Uuid),
  created_by_user_id: Uuid,
  updated_by_user_id: Nullable(Uuid),
  team_id: Nullable(Uuid),
  inbox_id: Nullable(Uuid),
  ticket_number: Type.String({ maxLength: 50 }),
  subject: Type.String({ maxLength: 200 }),
  ticket_type: Type.Enum(TICKET_TYPES),
  priority: Type.Enum(TICKET_PRIORITIES),
  status: Type.Enum(TICKET_STATUSES),
  source_channel: Type.Enum(SOURCE_CHANNELS),
  sla_category: Type.Enum(SLA_CATEGORIES),
  due_date: Nullable(Instant),
  first_response_date: Nullable(Instant),
  resolution_date: Nullable(Instant),
  resolution_type: Nullable(Type.Enum(RESOLUTION_TYPES)),
  on_hold_reason: Nullable(Type.String({ maxLength: 500 })),
  customer_satisfaction: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  reopen_count: Type.Integer(),
  version: Type.Integer({ description: 'send it back with an update; a lost update is 409' }),
  created_at: Instant,
  updated_at: Instant,
}

/** What the caller may do with this ticket now: the web shows these and nothing else. */
export const TicketAbilities = Type.Object({
  update: Type.Boolean(),
  assign: Type.Boolean(),
  reply: Type.Boolean(),
  add_note: Type.Boolean(),
  transitions: Type.Array(Type.Enum(TICKET_STATUSES)),
})
export type TicketAbilities = Static<typeof TicketAbilities>

const People = {
  customer: NamedRef,
  contact: Nullable(Type.Object({ id: Uuid, full_name: Type.String(), email: Nullable(Type.String()) })),
  assigned_to: Nullable(UserRef),
  team: Nullable(NamedRef),
}

export const TicketSummary = Type.Object({ ...TicketFields, ...People, abilities: TicketAbilities })
export type TicketSummary = Static<typeof TicketSummary>

export const TicketEvent = Type.Object({
  id: Uuid,
  event: Type.String(),
  occurred_at: Instant,
  actor: UserRef,
  changes: Type.Record(Type.String(), Type.Object({ from: Type.Unknown(), to: Type.Unknown() })),
})
export type TicketEvent = Static<typeof TicketEvent>

export const Ticket = Type.Object({
  ...TicketFields,
  description: Type.String(),
  ...People,
  abilities: TicketAbilities,
  activities: Type.Optional(Type.Array(Activity)),
  history: Type.Optional(Type.Array(TicketEvent)),
})
export type Ticket = Static<typeof Ticket>

export const CreateTicketBody = Type.Object(
  {
    subject: Line(200),
    description: Line(100_000),
    customer_id: Uuid,
    contact_id: Type.Optional(Nullable(Uuid)),
    priority: Type.Enum(TICKET_PRIORITIES),
    ticket_type: Type.Optional(Type.Enum(TICKET_TYPES)),
    source_channel: Type.Optional(Type.Enum(SOURCE_CHANNELS)),
    sla_category: Type.Optional(Type.Enum(SLA_CATEGORIES)),
    team_id: Type.Optional(Nullable(Uuid)),
    assigned_to_user_id: Type.Optional(Nullable(Uuid)),
  },
  { additionalProperties: false },
)
export type CreateTicketBody = Static<typeof CreateTicketBody>

export const UpdateTicketBody = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    subject: Type.Optional(Line(200)),
    description: Type.Optional(Line(100_000)),
    priority: Type.Optional(Type.Enum(TICKET_PRIORITIES)),
    ticket_type: Type.Optional(Type.Enum(TICKET_TYPES)),
    status: Type.Optional(Type.Enum(TICKET_STATUSES)),
    resolution_type: Type.Optional(Type.Enum(RESOLUTION_TYPES)),
    on_hold_reason: Type.Optional(Line(500)),
  },
  { additionalProperties: false },
)
export type UpdateTicketBody = Static<typeof UpdateTicketBody>

export const ListTicketsQuery = Type.Object(
  {
    ...PageQuery,
    ticket_status: Type.Optional(Type.Array(Type.Enum(TICKET_STATUSES))),
    priority: Type.Optional(Type.Array(Type.Enum(TICKET_PRIORITIES))),
    customer_id: Type.Optional(Uuid),
    assigned_to_user_id: Type.Optional(
      Type.Union([Uuid, Type.Literal('me'), Type.Literal('none')], { description: 'a user, `me` or `none`' }),
    ),
    date_range: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}\\.\\.\\d{4}-\\d{2}-\\d{2}$',
        description: 'created between two dates, both included, in the company’s time zone: `2026-01-01..2026-01-31`',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ListTicketsQuery = Static<typeof ListTicketsQuery>

export const listTickets = route({
  method: 'GET',
  path: '/api/support-tickets/',
  access: 'read_support_ticket',
  summary: 'List the tickets one may see, newest first',
  query: ListTicketsQuery,
  reply: ListOf(TicketSummary),
})

export const createTicket = route({
  method: 'POST',
  path: '/api/support-tickets/',
  access: 'create_support_ticket',
  summary: 'Create a ticket; its number is given',
  status: 201,
  body: CreateTicketBody,
  reply: Ticket,
})

export const readTicket = route({
  method: 'GET',
  path: '/api/support-tickets/:id/',
  access: 'read_support_ticket',
  summary: 'Read one ticket with its conversation and history',
  params: IdParams,
  query: Type.Object(
    {
      include_activities: Type.Optional(Type.Boolean({ default: true })),
      include_communication: Type.Optional(Type.Boolean({ default: true })),
    },
    { additionalProperties: false },
  ),
  reply: Ticket,
})

export const updateTicket = route({
  method: 'PUT',
  path: '/api/support-tickets/:id/',
  access: 'update_support_ticket',
  summary: 'Change fields or the status of a ticket',
  params: IdParams,
  body: UpdateTicketBody,
  reply: Type.Object({ ticket: Ticket, changes: TicketEvent.properties.changes }),
})

export const assignTicket = route({
  method: 'POST',
  path: '/api/support-tickets/:id/assign/',
  access: 'assign_support_ticket',
  summary: 'Assign a ticket to a person, or to nobody',
  params: IdParams,
  body: Type.Object(
    { version: Type.Integer({ minimum: 1 }), assigned_to_user_id: Nullable(Uuid) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ticket: Ticket, assignment: Type.Object({ assigned_to: Nullable(UserRef) }) }),
})
