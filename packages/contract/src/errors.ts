import { type Static, Type } from 'typebox'

/** Every code an error answer can carry, and the HTTP status it travels with. */
export const ERROR_STATUS = {
  bad_request: 400,
  validation_failed: 400,
  unauthenticated: 401,
  mfa_enrolment_required: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  version_conflict: 409,
  invalid_status_transition: 409,
  setup_already_done: 409,
  address_taken: 409,
  assignee_not_eligible: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  customer_without_address: 422,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** `details` names each field that is wrong (dotted path; `''` is the body itself), with what to do about it. */
export const ErrorReply = Type.Object({
  error_code: Type.String(),
  message: Type.String(),
  details: Type.Record(Type.String(), Type.Array(Type.String())),
})
export type ErrorReply = Static<typeof ErrorReply>
