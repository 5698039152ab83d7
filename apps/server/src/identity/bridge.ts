import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { DomainError } from '../platform/errors.ts'
import type { Auth } from './auth.ts'
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from './bridge-headers.ts'

/**
 * All of better-auth that is reachable. Sign-up, change of address, deletion, recovery by mail and its own token route
 * are not here, so they do not exist. None of these takes a query.
 */
const PATHS: Readonly<Record<string, HTTPMethods>> = {
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/list-sessions': 'GET',
  '/revoke-session': 'POST',
  '/revoke-other-sessions': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/jwks': 'GET',
}

/** Mounts better-auth under `/api/auth`. What it refuses is answered in its own form: `{ code, message }`. */
export function mountAuth(http: FastifyInstance, auth: Auth, appUrl: string | undefined): void {
  for (const [path, method] of Object.entries(PATHS)) {
    http.route({
      method,
      url: `/api/auth${path}`,
      handler: async (request, response) => {
        const origin = appUrl ?? `${request.protocol}://${request.host}`
        const url = URL.parse(`/api/auth${path}`, origin)
        if (!url) throw new DomainError('bad_request', 'The Host header names no host.')
        return answer(response, await auth.handler(webRequest(request, url)))
      },
    })
  }
}

function webRequest(request: FastifyRequest, url: URL): Request {
  const { method, body } = request
  const sent = body !== undefined && body !== null
  return new Request(url, { method, headers: webHeaders(request), ...(sent && { body: JSON.stringify(body) }) })
}

/** The request's headers with what the server knows better than the client. */
export function webHeaders({ headers, id, ip }: FastifyRequest): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) if (one !== undefined) result.append(name, one)
  }
  // The body is written anew, with a length of its own.
  result.delete('content-length')
  result.delete('transfer-encoding')
  result.set(CLIENT_IP_HEADER, ip)
  result.set(REQUEST_ID_HEADER, id)
  return result
}

async function answer(response: FastifyReply, web: Response): Promise<FastifyReply> {
  passCookies(response, web.headers)
  for (const [name, value] of web.headers) if (name !== 'set-cookie') response.header(name, value)
  const text = await web.text()
  if (web.status === 429) {
    // Its rate limiter names no type and its own header only.
    response.type('application/json').header('retry-after', web.headers.get('x-retry-after') ?? '60')
  }
  return response.header('cache-control', 'no-store').status(web.status).send(text)
}

export function passCookies(response: FastifyReply, headers: Headers): void {
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) response.header('set-cookie', cookies)
}
