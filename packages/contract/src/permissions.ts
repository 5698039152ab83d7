/** Roles and what each may do: specification, section 10.1. */

export const ROLES = [
  'support_agent',
  'team_lead',
  'manager',
  'system_administrator',
  'executive',
  'customer',
  'system',
] as const
export type Role = (typeof ROLES)[number]

/** Roles a person of the company can hold; `customer` uses the portal only and `system` acts for mail and rules. */
export const STAFF_ROLES = ['support_agent', 'team_lead', 'manager', 'system_administrator', 'executive'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

const AGENT = [
  'create_support_ticket',
  'read_support_ticket',
  'update_support_ticket',
  'assign_support_ticket',
  'read_reference_data',
] as const

const LEAD = [...AGENT, 'escalate_support_ticket', 'read_team_analytics', 'manage_team_workload'] as const

const MANAGER = [
  ...LEAD,
  'read_company_support_tickets',
  'delete_support_ticket',
  'manage_ticket_categories',
  'manage_ticket_priorities',
  'read_company_analytics',
  'export_support_data',
  'read_mail_ledger',
] as const

const ADMINISTRATOR = [
  ...MANAGER,
  'configure_system',
  'manage_users',
  'manage_database',
  'read_audit_trail',
  'manage_integrations',
  'manage_backups',
] as const

export type Permission = (typeof ADMINISTRATOR)[number]

export const PERMISSIONS: readonly Permission[] = ADMINISTRATOR

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  support_agent: AGENT,
  team_lead: LEAD,
  manager: MANAGER,
  system_administrator: ADMINISTRATOR,
  executive: ['read_company_analytics'],
  customer: [],
  system: ADMINISTRATOR,
}
