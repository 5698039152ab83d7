import type { LoadPrincipal } from '../agents/index.ts'
import type { Principal } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import { type Claims, type Tokens, unauthenticated } from './tokens.ts'

/** A verdict takes about a kilobyte with its token. */
const MOST_VERDICTS = 10_000

interface Verdict {
  claims: Claims
  /** The member as last seen, and what this token leaves of their permissions. */
  seen: { present: Principal; effective: Principal } | null
}

/**
 * Tells who is behind a token. The signature is checked once for each token; the member is asked for every time, so
 * that whoever is deactivated or loses a role loses access at once, however long the token would still be good.
 */
export function authenticator(tokens: Tokens, loadPrincipal: LoadPrincipal, clock: Clock) {
  const verdicts = new Map<string, Verdict>()

  async function judge(token: string): Promise<Verdict> {
    const known = verdicts.get(token)
    if (known && known.claims.expires > Date.parse(clock.now())) return known
    verdicts.delete(token)
    const verdict: Verdict = { claims: await tokens.verify(token), seen: null }
    const [oldest] = verdicts.keys()
    if (oldest !== undefined && verdicts.size >= MOST_VERDICTS) verdicts.delete(oldest)
    verdicts.set(token, verdict)
    return verdict
  }

  return async function authenticate(token: string): Promise<Principal> {
    const verdict = await judge(token)
    const present = await loadPrincipal(verdict.claims)
    if (!present) throw unauthenticated('The account behind this token is no longer active.')
    if (verdict.seen?.present !== present) {
      verdict.seen = { present, effective: limited(present, verdict.claims) }
    }
    return verdict.seen.effective
  }
}

/** What the token grants and the role still does. */
function limited(present: Principal, { permissions }: Claims): Principal {
  return { ...present, permissions: present.permissions.intersection(permissions) }
}
