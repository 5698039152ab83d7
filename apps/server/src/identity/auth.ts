import { hkdfSync } from 'node:crypto'
import type { BetterAuthPlugin } from '@better-auth/core'
import { betterAuth } from 'better-auth'
import { jwt } from 'better-auth/plugins/jwt'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import { newId } from '../platform/ids.ts'
import type { Logger } from '../platform/log.ts'
import { authDatabase } from './auth-database.ts'
import { CLIENT_IP_HEADER } from './bridge-headers.ts'
import { hashPassword, verifyPassword } from './password.ts'

interface AuthOptions {
  /** The origin people open; `undefined`: whatever host a request names, for an installation that has no address yet. */
  appUrl: string | undefined
  /** 32 bytes. */
  secretKey: Buffer
  pool: pg.Pool
  log: Logger
  /** Told of every answer, after all other plugins. */
  audit: BetterAuthPlugin
}

export const SIGNING_ALGORITHM = 'EdDSA'
const PASSWORD_LENGTH = { min: 12, max: 128 } as const

/** Nothing we use builds links from it, and nothing can be trusted for being there (RFC 2606). */
const NOWHERE = 'http://tessera.invalid'

const DAY_S = 24 * 60 * 60

/** better-auth as Tessera uses it: passwords, TOTP and signing keys, over the tables of migration 0002. */
export function createAuth({ appUrl, secretKey, pool, log, audit }: AuthOptions) {
  return betterAuth({
    appName: 'Tessera',
    baseURL: appUrl ?? NOWHERE,
    basePath: '/api/auth',
    secrets: [{ version: 1, value: identitySecret(secretKey) }],
    trustedOrigins: (request) => (appUrl === undefined && request ? originsOf(new URL(request.url).host) : []),
    database: { db: authDatabase(pool), type: 'postgres', transaction: true },
    user: { modelName: 'identities' },
    session: { modelName: 'sessions', fields: { userId: 'identityId' }, expiresIn: 7 * DAY_S, updateAge: DAY_S },
    account: { modelName: 'accounts', fields: { userId: 'identityId' }, accountLinking: { enabled: false } },
    verification: { modelName: 'verifications' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    plugins: [
      twoFactor({
        issuer: 'Tessera',
        twoFactorTable: 'twoFactors',
        schema: { twoFactor: { fields: { userId: 'identityId' } } },
      }),
      jwt({
        jwks: { keyPairConfig: { alg: SIGNING_ALGORITHM, crv: 'Ed25519' }, rotationInterval: 90 * DAY_S },
        disableSettingJwtHeader: true,
        schema: { jwks: { modelName: 'signingKeys' } },
      }),
      audit,
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rateLimits',
      // By address. Many people may share one, so the account's own lock of the second factor is the narrower gate.
      customRules: {
        '/sign-in/email': { window: 60, max: 30 },
        '/two-factor/*': { window: 60, max: 30 },
        '/get-session': false,
        '/jwks': false,
      },
    },
    advanced: {
      cookiePrefix: 'tessera',
      useSecureCookies: appUrl?.startsWith('https://') ?? false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      database: { generateId: () => newId() },
    },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message, ...details) => log[level]({ details }, `identity: ${message}`) },
    // What is no refusal but a failure of ours goes on to the server's own error handler.
    onAPIError: { throw: true },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Where nobody said what our address is, a proxy may well have taken the TLS off. */
function originsOf(host: string): string[] {
  return [`http://${host}`, `https://${host}`]
}

/** A key of its own for identity, so that no other use of SECRET_KEY meets the same bytes (RFC 5869). */
function identitySecret(secretKey: Buffer): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'tessera identity', 32)).toString('base64url')
}
