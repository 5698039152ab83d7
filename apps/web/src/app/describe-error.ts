import { ApiError } from './http.ts'
import type { Translate } from './i18n.ts'

/** The sentence for a failure in the reader's language; what we have no sentence for is told in the server's words. */
export function describeError(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return t('errors.internal_error')
  const key = `errors.${error.error_code}`
  const known: string = t(key as 'errors.internal_error', { defaultValue: '' })
  return known || error.message || t('errors.internal_error')
}

/** The fields a refusal names, as `@mantine/form` takes them. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  return Object.fromEntries(Object.entries(error.details).map(([field, problems]) => [field, problems.join(', ')]))
}
