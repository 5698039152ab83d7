import type { MailClassification, MailState } from '@tessera/contract'
import type { Generated, Selectable } from 'kysely'
import type { Database, Json } from '../platform/db/index.ts'

/** The way by which a mail came. */
export type MailSource = 'smtp' | 'imap' | 'upload'

declare module '../platform/db/schema.ts' {
  interface Database {
    mail_messages: {
      company_id: string
      id: string
      inbox_id: string
      state: Generated<MailState>
      reason: string | null
      classification: MailClassification | null
      source: MailSource
      source_peer: string | null
      /** Of the raw source. */
      sha256: Buffer
      /** Bytes. */
      size: number
      envelope_from: string
      envelope_to: Json<string[]>
      message_id: string | null
      from_email: string | null
      from_name: string | null
      subject: string | null
      threading_reason: string | null
      ticket_id: string | null
      activity_id: string | null
      received_at: string
      processed_at: string | null
    }
    mail_message_sources: {
      company_id: string
      mail_message_id: string
      raw: Buffer
    }
  }
}

export type MailMessageRow = Selectable<Database['mail_messages']>
