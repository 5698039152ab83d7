import type { OutboundPurpose, OutboundState } from '@tessera/contract'
import type { Generated, Selectable } from 'kysely'
import type { Database, DefaultedJson, Json } from '../platform/db/index.ts'

declare module '../platform/db/schema.ts' {
  interface Database {
    outbound_messages: {
      company_id: string
      id: string
      ticket_id: string
      activity_id: string | null
      inbox_id: string
      purpose: OutboundPurpose
      state: Generated<OutboundState>
      message_id: string
      in_reply_to: string | null
      reference_ids: DefaultedJson<string[]>
      from_name: string
      from_email: string
      to_emails: Json<string[]>
      cc_emails: DefaultedJson<string[]>
      subject: string
      body_text: string
      attempts: Generated<number>
      last_error: string | null
      created_at: string
      sent_at: string | null
    }
  }
}

export type OutboundRow = Selectable<Database['outbound_messages']>
