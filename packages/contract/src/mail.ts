import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { IdParams, Instant, ListOf, NamedRef, Nullable, PageQuery, Uuid } from './schema.ts'
import { MAIL_CLASSIFICATIONS, MAIL_STATES, OUTBOUND_PURPOSES, OUTBOUND_STATES } from './values.ts'

export const Inbox = Type.Object({
  id: Uuid,
  name: Type.String(),
  address: Type.String(),
  team: NamedRef,
  is_active: Type.Boolean(),
})
export type Inbox = Static<typeof Inbox>

export const listInboxes = route({
  method: 'GET',
  path: '/api/inboxes/',
  access: 'read_support_ticket',
  summary: 'List the inboxes one may see',
  reply: ListOf(Inbox),
})

const MailMessageFields = {
  id: Uuid,
  inbox: NamedRef,
  state: Type.Enum(MAIL_STATES),
  reason: Nullable(Type.String()),
  classification: Nullable(Type.Enum(MAIL_CLASSIFICATIONS)),
  message_id: Nullable(Type.String()),
  from_email: Nullable(Type.String()),
  from_name: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  size: Type.Integer({ description: 'bytes' }),
  envelope_from: Type.String(),
  envelope_to: Type.Array(Type.String()),
  threading_reason: Nullable(Type.String()),
  ticket_id: Nullable(Uuid),
  activity_id: Nullable(Uuid),
  received_at: Instant,
}

export const MailMessage = Type.Object(MailMessageFields)
export type MailMessage = Static<typeof MailMessage>

export const listMailMessages = route({
  method: 'GET',
  path: '/api/mail-messages/',
  access: 'read_mail_ledger',
  summary: 'The ledger: every mail received, and what became of it',
  query: Type.Object(
    { ...PageQuery, state: Type.Optional(Type.Array(Type.Enum(MAIL_STATES))), inbox_id: Type.Optional(Uuid) },
    { additionalProperties: false },
  ),
  reply: ListOf(MailMessage),
})

export const readMailMessage = route({
  method: 'GET',
  path: '/api/mail-messages/:id/',
  access: 'read_mail_ledger',
  summary: 'One received mail, as it was understood',
  params: IdParams,
  reply: MailMessage,
})

export const readRawMailMessage = route({
  method: 'GET',
  path: '/api/mail-messages/:id/raw/',
  access: 'read_mail_ledger',
  summary: 'The source of a received mail, byte for byte',
  params: IdParams,
  media_type: 'message/rfc822',
})

export const OutboundMessage = Type.Object({
  id: Uuid,
  purpose: Type.Enum(OUTBOUND_PURPOSES),
  state: Type.Enum(OUTBOUND_STATES),
  message_id: Type.String(),
  from_email: Type.String(),
  to_emails: Type.Array(Type.String()),
  cc_emails: Type.Array(Type.String()),
  subject: Type.String(),
  body_text: Type.String(),
  attempts: Type.Integer(),
  last_error: Nullable(Type.String()),
  ticket_id: Uuid,
  activity_id: Nullable(Uuid),
  created_at: Instant,
  sent_at: Nullable(Instant),
})
export type OutboundMessage = Static<typeof OutboundMessage>

export const listOutboundMessages = route({
  method: 'GET',
  path: '/api/outbound-messages/',
  access: 'configure_system',
  summary: 'The outbox: every mail Tessera sent, kept or is still trying to send',
  query: Type.Object(
    { ...PageQuery, state: Type.Optional(Type.Array(Type.Enum(OUTBOUND_STATES))) },
    { additionalProperties: false },
  ),
  reply: ListOf(OutboundMessage),
})
