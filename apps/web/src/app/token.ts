import { createToken } from '@tessera/contract'
import { send } from './http.ts'

const RENEW_BEFORE_EXPIRY_MS = 60_000
/** A browser whose clock runs ahead would find each token expired; it still asks for a new one at most this often. */
const TRUST_FRESH_MS = 30_000

interface Token {
  token: string
  expires_at: number
  received_at: number
}

// In memory only: a script that reads storage finds nothing to steal, and closing the tab forgets it.
let current: Token | null = null
let renewal: Promise<string> | null = null

/**
 * The bearer token, renewed when it is about to expire; simultaneous callers share one renewal.
 * Throws `unauthenticated` without a session and `mfa_enrolment_required` before the second factor.
 */
export function bearerToken(): Promise<string> {
  if (current && isUsable(current, Date.now())) return Promise.resolve(current.token)
  renewal ??= renew().finally(() => {
    renewal = null
  })
  return renewal
}

export function forgetToken(): void {
  current = null
}

function isUsable({ expires_at, received_at }: Token, now: number): boolean {
  return now < expires_at - RENEW_BEFORE_EXPIRY_MS || now - received_at < TRUST_FRESH_MS
}

async function renew(): Promise<string> {
  const response = await send(createToken.path, { method: createToken.method })
  const { token, expires_at }: { token: string; expires_at: string } = await response.json()
  current = { token, expires_at: Date.parse(expires_at), received_at: Date.now() }
  return token
}
