/** The closed sets of values that tickets, activities and messages may take. */

export const TICKET_STATUSES = ['new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'reopened'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]

/** Ascending: the index plus one is the specification's `priority_level`. */
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'critical', 'emergency'] as const
export type TicketPriority = (typeof TICKET_PRIORITIES)[number]

export const TICKET_TYPES = [
  'question',
  'incident',
  'problem',
  'service_request',
  'feature_request',
  'complaint',
] as const
export type TicketType = (typeof TICKET_TYPES)[number]

export const SOURCE_CHANNELS = ['email', 'web_form', 'phone', 'social_media', 'chat', 'portal', 'api'] as const
export type SourceChannel = (typeof SOURCE_CHANNELS)[number]

export const SLA_CATEGORIES = ['basic', 'standard', 'premium', 'enterprise'] as const
export type SlaCategory = (typeof SLA_CATEGORIES)[number]

export const RESOLUTION_TYPES = [
  'solved',
  'answered',
  'workaround',
  'duplicate',
  'not_reproducible',
  'wont_fix',
  'no_response',
  'spam',
] as const
export type ResolutionType = (typeof RESOLUTION_TYPES)[number]

/** `email` and `message` reach the customer or come from them; `note` stays inside; `call` is a logged telephone call. */
export const ACTIVITY_TYPES = ['email', 'message', 'note', 'call'] as const
export type ActivityType = (typeof ACTIVITY_TYPES)[number]

/** What became of a received mail; every one ends in a state other than `received`, with its reason in words. */
export const MAIL_STATES = ['received', 'ticket', 'reply', 'duplicate', 'ignored', 'quarantined', 'failed'] as const
export type MailState = (typeof MAIL_STATES)[number]

export const MAIL_CLASSIFICATIONS = [
  'person',
  'auto_reply',
  'bounce',
  'list',
  'feedback_report',
  'calendar',
  'own',
] as const
export type MailClassification = (typeof MAIL_CLASSIFICATIONS)[number]

/** `kept` is the final state where no `SMTP_URL` is set: the message waits in the local outbox to be read. */
export const OUTBOUND_STATES = ['queued', 'sending', 'sent', 'deferred', 'failed', 'kept'] as const
export type OutboundState = (typeof OUTBOUND_STATES)[number]

export const OUTBOUND_PURPOSES = ['acknowledgement', 'reply'] as const
export type OutboundPurpose = (typeof OUTBOUND_PURPOSES)[number]
