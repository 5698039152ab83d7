import type { Generated } from 'kysely'

declare module '../platform/db/schema.ts' {
  interface Database {
    inboxes: {
      company_id: string
      id: string
      name: string
      /** Lower case; one inbox in all companies. */
      address: string
      team_id: string
      is_active: Generated<boolean>
      created_at: string
    }
  }
}
