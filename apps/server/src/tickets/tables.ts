import type {
  ActivityAttachment,
  ActivityType,
  ResolutionType,
  SlaCategory,
  SourceChannel,
  TicketPriority,
  TicketStatus,
  TicketType,
} from '@tessera/contract'
import type { Generated, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { DefaultedJson } from '../platform/db/index.ts'

interface TicketsTable {
  company_id: string
  id: string
  customer_id: string
  contact_id: string | null
  assigned_to_user_id: string | null
  created_by_user_id: string
  updated_by_user_id: string | null
  team_id: string | null
  inbox_id: string | null
  ticket_number: string
  subject: string
  description: string
  ticket_type: TicketType
  priority: TicketPriority
  status: TicketStatus
  source_channel: SourceChannel
  sla_category: SlaCategory
  due_date: Generated<string | null>
  first_response_date: Generated<string | null>
  resolution_date: Generated<string | null>
  resolution_type: Generated<ResolutionType | null>
  on_hold_reason: Generated<string | null>
  customer_satisfaction: Generated<number | null>
  reopen_count: Generated<number>
  version: Generated<number>
  created_at: string
  updated_at: string
  is_deleted: Generated<boolean>
  deleted_at: Generated<string | null>
}

interface ActivitiesTable {
  company_id: string
  id: string
  ticket_id: string
  user_id: string
  customer_id: string | null
  activity_type: ActivityType
  activity_description: string
  quoted_text: string | null
  body_html: string | null
  is_internal: Generated<boolean>
  is_customer_visible: Generated<boolean>
  time_spent_minutes: Generated<number>
  from_email: string | null
  to_emails: DefaultedJson<string[]>
  cc_emails: DefaultedJson<string[]>
  bcc_emails: DefaultedJson<string[]>
  attachments: DefaultedJson<Static<typeof ActivityAttachment>[]>
  mail_message_id: string | null
  threading_reason: string | null
  created_at: string
  is_deleted: Generated<boolean>
  deleted_at: Generated<string | null>
}

declare module '../platform/db/schema.ts' {
  interface Database {
    crm_support_tickets: TicketsTable
    crm_ticket_activities: ActivitiesTable
    ticket_counters: { company_id: string; year: number; last_number: number }
  }
}

export type TicketRow = Selectable<TicketsTable>
export type ActivityRow = Selectable<ActivitiesTable>
