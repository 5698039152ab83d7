import type { UseFormReturnType } from '@mantine/form'
import type { SetupBody } from '@tessera/contract'
import type { Translate } from '../app/i18n.ts'

export type SetupValues = Omit<SetupBody, 'token'>
export type SetupForm = UseFormReturnType<SetupValues>

export const SETUP_STEPS = ['company', 'administrator', 'inbox'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

export const SHORTEST_PASSWORD = 12

export function emptySetup(): SetupValues {
  return {
    company: { name: '', time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    administrator: { full_name: '', email: '', password: '' },
    inbox: { name: '', address: '' },
  }
}

/** What is wrong with one step's fields, by their dotted paths; the server checks everything again. */
export function setupProblems(t: Translate, values: SetupValues, step: SetupStep): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const [field, value] of Object.entries(values[step])) {
    if (!value.trim()) problems[`${step}.${field}`] = t('form.required')
  }
  const { password, email } = values.administrator
  if (step === 'administrator' && password && password.length < SHORTEST_PASSWORD) {
    problems['administrator.password'] = t('setup.password_short', { count: SHORTEST_PASSWORD })
  }
  if (step === 'administrator' && email.trim() && !isAddress(email)) {
    problems['administrator.email'] = t('form.email')
  }
  if (step === 'inbox' && values.inbox.address.trim() && !isAddress(values.inbox.address)) {
    problems['inbox.address'] = t('form.email')
  }
  return problems
}

/** The first step that holds one of these fields. */
export function stepOf(fields: readonly string[]): SetupStep | undefined {
  return SETUP_STEPS.find((step) => fields.some((field) => field.startsWith(`${step}.`)))
}

/** Every zone the browser knows, with the given one even if the browser spells it otherwise. */
export function timeZones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text.trim())
}
