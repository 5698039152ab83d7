import { createToken } from '@tessera/contract'
import { DomainError } from '../platform/errors.ts'
import { type Server, serveOpen } from '../platform/http/index.ts'
import type { Auth } from './auth.ts'
import { passCookies, webHeaders } from './bridge.ts'
import { membershipsOf } from './memberships.ts'
import { requireSameOrigin } from './same-origin.ts'
import { type Tokens, unauthenticated } from './tokens.ts'

/** The only door from a browser's session to a token. A session in use is prolonged on the way. */
export function sessionTokenRoute(server: Server, auth: Auth, tokens: Tokens, appUrl: string | undefined): void {
  serveOpen(server, createToken, async ({ request, response }) => {
    requireSameOrigin(request, appUrl)
    const { headers, response: session } = await auth.api.getSession({
      headers: webHeaders(request),
      returnHeaders: true,
    })
    if (!session) throw unauthenticated('Sign in first.')
    passCookies(response, headers)
    const [member] = await membershipsOf(server.database, session.user.id)
    if (!member) throw new DomainError('forbidden', 'You are not an active member of any company here.')
    if (!session.user.twoFactorEnabled) {
      throw new DomainError('mfa_enrolment_required', 'Set up a second factor first.')
    }
    return tokens.issue(member)
  })
}
