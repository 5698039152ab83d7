import type { Generated } from 'kysely'

declare module '../platform/db/schema.ts' {
  interface Database {
    companies: {
      id: string
      name: string
      time_zone: string
      ticket_prefix: Generated<string>
      reopen_window_days: Generated<number>
      created_at: string
      updated_at: string
    }
  }
}
