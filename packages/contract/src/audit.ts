import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Instant, ListOf, Nullable, PageQuery, UserRef, Uuid } from './schema.ts'

export const AuditEntry = Type.Object({
  id: Uuid,
  event: Type.String(),
  occurred_at: Instant,
  actor: UserRef,
  ticket_id: Nullable(Uuid),
  request_id: Nullable(Type.String()),
  ip_address: Nullable(Type.String()),
  data: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>

export const listEvents = route({
  method: 'GET',
  path: '/api/events/',
  access: 'read_audit_trail',
  summary: 'The audit trail, newest first',
  query: Type.Object(
    {
      ...PageQuery,
      ticket_id: Type.Optional(Uuid),
      actor_user_id: Type.Optional(Uuid),
      event: Type.Optional(Type.Array(Type.String({ maxLength: 60 }))),
    },
    { additionalProperties: false },
  ),
  reply: ListOf(AuditEntry),
})
