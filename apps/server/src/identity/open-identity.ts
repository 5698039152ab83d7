import { principalLoader } from '../agents/index.ts'
import type { Principal } from '../platform/actor.ts'
import { type Db, openPool } from '../platform/db/index.ts'
import type { Server } from '../platform/http/index.ts'
import type { Logger } from '../platform/log.ts'
import { auditSignIn } from './audit-sign-in.ts'
import { createAuth } from './auth.ts'
import { authenticator } from './authenticate.ts'
import { mountAuth } from './bridge.ts'
import { meRoute } from './me.ts'
import type { Member } from './memberships.ts'
import { sessionTokenRoute } from './session-token.ts'
import { type IssuedToken, openTokens, type TokenOptions } from './tokens.ts'

interface IdentityOptions {
  /** APP_URL. `undefined`: the host that a request names is ours. */
  appUrl: string | undefined
  /** 32 bytes, see `loadSecretKey`. */
  secretKey: Buffer
  /** Of the database; its user must be a member of `tessera_auth`. */
  databaseUrl: string
  database: Db
  log: Logger
}

export interface Identity {
  /** Who is behind a bearer token; throws `unauthenticated`. */
  authenticate(token: string): Promise<Principal>
  /** A token for a member, for 15 minutes and with all that the role may do unless told otherwise. */
  issueToken(member: Member, options?: TokenOptions): Promise<IssuedToken>
  /** `/api/auth/…`, `/api/session/token/` and `/api/me/`. */
  routes(server: Server): void
  close(): Promise<void>
}

const CONNECTIONS = 5

/** Sign-in, sessions and tokens, over connections of their own that alone reach the schema `auth`. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { appUrl, secretKey, databaseUrl, database, log } = options
  const pool = openPool({ url: databaseUrl, role: 'tessera_auth', searchPath: 'auth', max: CONNECTIONS, log })
  const loadPrincipal = principalLoader(database)
  const audit = auditSignIn({ database, loadPrincipal, log })
  const auth = createAuth({ appUrl, secretKey, pool, log, audit })
  await auth.$context
  const tokens = openTokens(auth, pool, database.clock, appUrl)
  return {
    authenticate: authenticator(tokens, loadPrincipal, database.clock),
    issueToken: tokens.issue,
    routes(server) {
      mountAuth(server.http, auth, appUrl)
      sessionTokenRoute(server, auth, tokens, appUrl)
      meRoute(server)
    },
    close: () => pool.end(),
  }
}
