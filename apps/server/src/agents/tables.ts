import type { Role } from '@tessera/contract'
import type { Generated } from 'kysely'

declare module '../platform/db/schema.ts' {
  interface Database {
    users: {
      company_id: string
      id: string
      identity_id: string | null
      full_name: string
      email: string
      role: Exclude<Role, 'customer'>
      is_active: Generated<boolean>
      created_at: string
      updated_at: string
    }
    teams: { company_id: string; id: string; name: string; created_at: string }
    team_members: { company_id: string; team_id: string; user_id: string }
  }
}
