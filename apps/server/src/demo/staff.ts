import type { StaffRole } from '@tessera/contract'

export const COMPANY = { name: 'Harbour Coffee Supply', time_zone: 'Europe/Berlin' } as const

/** Mail to it makes the demo's first tickets; that it exists is how a second start knows the demo is there. */
export const FIRST_ADDRESS = 'support@demo.test'

export const TEAMS = ['Support', 'Orders', 'Billing', 'Technical'] as const
export type TeamName = (typeof TEAMS)[number]

export const INBOXES = [
  { name: 'Harbour Coffee Support', address: FIRST_ADDRESS, team: 'Support' },
  { name: 'Harbour Coffee Orders', address: 'orders@demo.test', team: 'Orders' },
  { name: 'Harbour Coffee Billing', address: 'billing@demo.test', team: 'Billing' },
] as const satisfies { name: string; address: string; team: TeamName }[]

/** Questions of a technical kind reach the desk by its first address and are handed on. */
export const INBOX_OF_TEAM = {
  Support: FIRST_ADDRESS,
  Orders: 'orders@demo.test',
  Billing: 'billing@demo.test',
  Technical: FIRST_ADDRESS,
} as const satisfies Record<TeamName, string>

export interface Person {
  full_name: string
  email: string
  role: StaffRole
  teams: readonly TeamName[]
  signs_in: boolean
}

export const PEOPLE: readonly Person[] = [
  person('Amira Haddad', 'agent', 'support_agent', ['Support', 'Orders'], true),
  person('Jonas Petersen', 'lead', 'team_lead', ['Support', 'Orders'], true),
  person('Ingrid Halvorsen', 'manager', 'manager', ['Support'], true),
  person('Tomasz Nowak', 'admin', 'system_administrator', [], true),
  person('Eleanor Whitfield', 'executive', 'executive', [], true),
  person('Priya Raman', 'priya.raman', 'support_agent', ['Support', 'Technical'], false),
  person('Mateo Fernández', 'mateo.fernandez', 'support_agent', ['Orders', 'Support'], false),
  person('Chiara Bianchi', 'chiara.bianchi', 'support_agent', ['Billing'], false),
  person('Kwame Mensah', 'kwame.mensah', 'support_agent', ['Technical'], false),
  person('Yuki Tanaka', 'yuki.tanaka', 'support_agent', ['Technical', 'Billing'], false),
  person('Søren Lindqvist', 'soren.lindqvist', 'team_lead', ['Billing', 'Technical'], false),
]

function person(
  full_name: string,
  mailbox: string,
  role: StaffRole,
  teams: readonly TeamName[],
  signs_in: boolean,
): Person {
  return { full_name, email: `${mailbox}@demo.test`, role, teams, signs_in }
}
