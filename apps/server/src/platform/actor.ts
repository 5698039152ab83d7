import type { Permission, Role } from '@tessera/contract'

/** A person behind a token, or a company's system user for mail, rules and timers. */
export interface Principal {
  readonly user_id: string
  readonly company_id: string
  readonly role: Role
  readonly permissions: ReadonlySet<Permission>
  readonly team_ids: readonly string[]
}

/** Who acts now, and where the act came from: what every command is given and every event remembers. */
export interface Actor extends Principal {
  readonly request_id: string | null
  readonly ip_address: string | null
}
