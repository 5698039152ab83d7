import { PERMISSIONS, type Permission, ROLE_PERMISSIONS } from '@tessera/contract'
import { type JWTPayload, errors as joseErrors, jwtVerify } from 'jose'
import type pg from 'pg'
import type { Clock } from '../platform/clock.ts'
import { DomainError } from '../platform/errors.ts'
import { type Auth, SIGNING_ALGORITHM } from './auth.ts'
import type { Member } from './memberships.ts'
import { publicKeys } from './public-keys.ts'
import { isUuid } from './uuid.ts'

export interface TokenOptions {
  /** How long it is good for, in seconds; absent: 15 minutes. */
  ttl?: number
  /** Fewer than the role has; absent: all of them. */
  permissions?: readonly Permission[]
}

export interface IssuedToken {
  token: string
  expires_at: string
}

/** What a token that is ours and still good says. */
export interface Claims {
  user_id: string
  company_id: string
  permissions: ReadonlySet<Permission>
  /** Milliseconds since 1970. */
  expires: number
}

export interface Tokens {
  issue(member: Member, options?: TokenOptions): Promise<IssuedToken>
  /** Throws `unauthenticated`. */
  verify(token: string): Promise<Claims>
}

const DEFAULT_TTL_S = 15 * 60

/** An installation without APP_URL has no address to name itself by; what keeps others out is its keys. */
const NAMELESS = 'urn:tessera'

/** Issues and verifies our JWTs (RFC 7519), signed with Ed25519 (RFC 8037) by the keys at the JWKS address. */
export function openTokens(auth: Auth, pool: pg.Pool, clock: Clock, appUrl: string | undefined): Tokens {
  const name = appUrl ?? NAMELESS
  const findKey = publicKeys(pool, SIGNING_ALGORITHM)

  return {
    async issue({ user_id, company_id, role }, { ttl = DEFAULT_TTL_S, permissions = ROLE_PERMISSIONS[role] } = {}) {
      const iat = Math.floor(Date.parse(clock.now()) / 1000)
      const exp = iat + ttl
      const payload = { sub: user_id, company_id, role, permissions, iat, exp, iss: name, aud: name }
      const { token } = await auth.api.signJWT({ body: { payload } })
      return { token, expires_at: new Date(exp * 1000).toISOString() }
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = kid === undefined ? undefined : await findKey(kid)
            if (!key) throw new joseErrors.JWKSNoMatchingKey()
            return key
          },
          {
            algorithms: [SIGNING_ALGORITHM],
            issuer: name,
            audience: name,
            requiredClaims: ['sub', 'company_id', 'exp'],
            currentDate: new Date(clock.now()),
          },
        )
        return claimsOf(payload)
      } catch (error) {
        if (error instanceof joseErrors.JWTExpired) throw unauthenticated('The token has expired: ask for a new one.')
        if (error instanceof joseErrors.JOSEError) throw unauthenticated('The token is not valid here.')
        throw error
      }
    },
  }
}

export function unauthenticated(message: string): DomainError {
  return new DomainError('unauthenticated', message)
}

function claimsOf({ sub, exp, company_id, permissions }: JWTPayload): Claims {
  if (!isUuid(sub) || !isUuid(company_id) || exp === undefined || !Array.isArray(permissions)) {
    throw new joseErrors.JWTInvalid('a claim is missing or malformed')
  }
  const named = new Set<unknown>(permissions)
  return {
    user_id: sub,
    company_id,
    permissions: new Set(PERMISSIONS.filter((permission) => named.has(permission))),
    expires: exp * 1000,
  }
}
