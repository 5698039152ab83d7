import { invalid } from '../platform/errors.ts'
import { isTimeZone } from './domain/time-zone.ts'

/** Throws `validation_failed` that names `field` where `name` is no IANA time zone. */
export function requireTimeZone(field: string, name: string): void {
  if (!isTimeZone(name)) throw invalid(field, 'must be the name of a time zone such as Europe/Berlin')
}
