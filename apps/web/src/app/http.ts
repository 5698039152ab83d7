import type { ErrorCode, ErrorReply } from '@tessera/contract'

/** `unreachable` is the browser's own: no answer came at all. */
export type FailureCode = ErrorCode | 'unreachable'

/** What every refused or failed request becomes. `details` names each field that is wrong. */
export class ApiError extends Error {
  readonly error_code: string
  readonly details: Readonly<Record<string, readonly string[]>>
  readonly status: number

  constructor({ error_code, message, details }: ErrorReply, status: number, cause?: unknown) {
    super(message, { cause })
    this.name = 'ApiError'
    this.error_code = error_code
    this.details = details
    this.status = status
  }
}

export function isApiError(error: unknown, code?: FailureCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.error_code === code)
}

export interface Outgoing {
  method: string
  headers?: Record<string, string>
  body?: unknown
}

/** Sends one request to our own origin. Throws `ApiError` for every answer that is not a 2xx, and for none at all. */
export async function send(address: string, { method, headers, body }: Outgoing): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
    })
  } catch (cause) {
    throw new ApiError({ error_code: 'unreachable', message: 'The server did not answer.', details: {} }, 0, cause)
  }
  if (!response.ok) throw await toApiError(response)
  return response
}

async function toApiError(response: Response): Promise<ApiError> {
  const reply: unknown = await response.json().catch(() => null)
  if (isErrorReply(reply)) return new ApiError(reply, response.status)
  // Sign-in answers in its library's own form; a proxy in front of the server may answer in any.
  return new ApiError(
    { error_code: foreignCode(reply, response.status), message: response.statusText, details: {} },
    response.status,
  )
}

function foreignCode(reply: unknown, status: number): string {
  if (status === 429) return 'rate_limited'
  if (typeof reply === 'object' && reply !== null && 'code' in reply && typeof reply.code === 'string') {
    return reply.code.toLowerCase()
  }
  return status >= 502 && status <= 504 ? 'unavailable' : 'internal_error'
}

function isErrorReply(reply: unknown): reply is ErrorReply {
  return (
    typeof reply === 'object' && reply !== null && 'error_code' in reply && 'message' in reply && 'details' in reply
  )
}
