import { ERROR_STATUS, type ErrorCode } from '@tessera/contract'

export type ErrorDetails = Record<string, string[]>

/** A rule said no: `code` decides the HTTP status, `message` says what happened and what to do, `details` names fields. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}

/** What one may not see does not exist: the same answer for both, so that nothing can be probed. */
export function notFound(what: string): DomainError {
  return new DomainError('not_found', `There is no such ${what}, or it is not yours to see.`)
}

/** A value in the request that only the database could find wrong. */
export function invalid(field: string, problem: string): DomainError {
  return new DomainError('validation_failed', 'The request has fields that are wrong; details names each.', {
    [field]: [problem],
  })
}
