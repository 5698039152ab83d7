import type { AuthContext, BetterAuthPlugin } from '@better-auth/core'
import { createAuthMiddleware, isAPIError } from 'better-auth/api'
import { type LoadPrincipal, systemActor } from '../agents/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { transact } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import type { Logger } from '../platform/log.ts'
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from './bridge-headers.ts'
import { membershipsByEmail, membershipsOf } from './memberships.ts'

type Origin = Pick<Actor, 'request_id' | 'ip_address'>
type InternalAdapter = AuthContext['internalAdapter']

interface Trail {
  database: Db
  loadPrincipal: LoadPrincipal
  log: Logger
}

/** Where somebody proves who they are; the two-factor plugin has spoken before, so a session here is a full one. */
const PROOFS = new Set(['/sign-in/email', '/two-factor/verify-totp', '/two-factor/verify-backup-code'])

/**
 * Leaves an event with each company of the person for every sign-in and enrolment. Their commit follows better-auth's
 * own: where it fails, the answer fails too and no cookie is sent. A session that replaces another is the one that
 * enrolment ends with.
 */
export function auditSignIn(trail: Trail): BetterAuthPlugin {
  return {
    id: 'tessera-audit',
    hooks: {
      after: [
        {
          matcher: ({ path }) => path !== undefined && PROOFS.has(path),
          handler: createAuthMiddleware(async ({ path, headers, body, context }) => {
            const { newSession, session, returned } = context
            const origin = {
              request_id: headers?.get(REQUEST_ID_HEADER) ?? null,
              ip_address: headers?.get(CLIENT_IP_HEADER) ?? null,
            }
            if (isAPIError(returned)) {
              trail.log.warn({ path, ...origin, status: returned.statusCode }, 'a sign-in was refused')
              if (path === '/sign-in/email') reportFailure(trail, String(body.email), origin)
            } else if (newSession && session) {
              await endOtherSessions(context.internalAdapter, newSession.session)
              await leaveEvents(trail, 'user.mfa_enrolled', newSession.user.id, origin)
            } else if (newSession) {
              await leaveEvents(trail, 'user.signed_in', newSession.user.id, origin)
            }
          }),
        },
      ],
    },
  }
}

/** Whoever signed in elsewhere before the enrolment did so without the second factor, and must not get past it. */
async function endOtherSessions(
  sessions: InternalAdapter,
  { userId, token }: { userId: string; token: string },
): Promise<void> {
  for (const other of await sessions.listSessions(userId)) {
    if (other.token !== token) await sessions.deleteSession(other.token)
  }
}

async function leaveEvents(
  { database, loadPrincipal }: Trail,
  event: 'user.signed_in' | 'user.mfa_enrolled',
  identityId: string,
  origin: Origin,
): Promise<void> {
  for (const { company_id, user_id } of await membershipsOf(database, identityId)) {
    const principal = await loadPrincipal({ company_id, user_id })
    if (!principal) continue
    await transact(database, { company_id, access: 'write' }, (tx) =>
      record(tx, { ...principal, ...origin }, { event, data: { user_id } }),
    )
  }
}

/** Beside the answer and not before it: its time must not tell whether there is such an account. */
function reportFailure(trail: Trail, email: string, origin: Origin): void {
  leaveFailure(trail, email, origin).catch((error: Error) => {
    trail.log.error({ err: error, ...origin }, 'a refused sign-in could not be recorded')
  })
}

/** Who tried is not known, only whose account they tried: it is told of by the company's system user. */
async function leaveFailure({ database }: Trail, email: string, origin: Origin): Promise<void> {
  for (const { company_id, user_id } of await membershipsByEmail(database, email)) {
    await transact(database, { company_id, access: 'write' }, async (tx) =>
      record(tx, { ...(await systemActor(tx)), ...origin }, { event: 'user.sign_in_failed', data: { user_id } }),
    )
  }
}
