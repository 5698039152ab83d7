import { ErrorReply, type Permission, type Reply, type Route } from '@tessera/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Actor, Principal } from '../actor.ts'
import { type Db, type Tx, transact } from '../db/index.ts'
import { DomainError } from '../errors.ts'

/** What every route of the server is made with. */
export interface Server {
  readonly http: FastifyInstance
  readonly database: Db
  /** Tells who is behind a bearer token; throws `unauthenticated`. */
  readonly authenticate: (token: string) => Promise<Principal>
}

type Part<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends TSchema ? Static<R[K]> : undefined

export interface Input<R extends Route> {
  params: Part<R, 'params'>
  query: Part<R, 'query'>
  body: Part<R, 'body'>
}

export interface MemberInput<R extends Route> extends Input<R> {
  tx: Tx
  actor: Actor
}

export interface OpenInput<R extends Route> extends Input<R> {
  request: FastifyRequest
  response: FastifyReply
}

/**
 * Serves a contract route to members: checks the token and the permission the route declares, opens the transaction of
 * the caller's company (read only for GET) and answers what `handle` returns. Throwing rolls everything back.
 */
export function serve<R extends Route & { access: 'member' | Permission }>(
  { http, database, authenticate }: Server,
  route: R,
  handle: (input: MemberInput<R>) => Promise<Reply<R>>,
): void {
  const access = route.method === 'GET' ? 'read' : 'write'
  http.route({
    ...options(route),
    handler: async (request, response) => {
      const actor = await identify(authenticate, request)
      permit(actor, route.access)
      const result = await transact(database, { company_id: actor.company_id, access }, (tx) =>
        handle({ tx, actor, ...input<R>(request) }),
      )
      return answer(response, route, result)
    },
  })
}

/** Serves a contract route that stands before any company is known: set-up, sign-in. */
export function serveOpen<R extends Route & { access: 'public' | 'session' }>(
  { http }: Pick<Server, 'http'>,
  route: R,
  handle: (input: OpenInput<R>) => Promise<Reply<R>>,
): void {
  http.route({
    ...options(route),
    handler: async (request, response) => {
      const result = await handle({ request, response, ...input<R>(request) })
      return answer(response, route, result)
    },
  })
}

function options(route: Route) {
  const { method, path, params, query, body, reply, status = 200 } = route
  const schema: RouteShorthandOptions['schema'] = {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { ...(reply && { [status]: reply }), '4xx': ErrorReply, '5xx': ErrorReply },
  }
  return { method, url: path, schema }
}

/** The schema compiled from the same contract has checked these parts: here the types learn of it. */
function input<R extends Route>({ params, query, body }: FastifyRequest): Input<R> {
  return { params, query, body } as Input<R>
}

async function identify(authenticate: Server['authenticate'], request: FastifyRequest): Promise<Actor> {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? []
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw new DomainError('unauthenticated', 'Send a token: Authorization: Bearer <JWT>.')
  }
  const principal = await authenticate(token)
  return { ...principal, request_id: request.id, ip_address: request.ip }
}

function permit(actor: Actor, access: 'member' | Permission): void {
  if (access !== 'member' && !actor.permissions.has(access)) {
    throw new DomainError('forbidden', `This needs the permission ${access}, which your role does not have.`)
  }
}

function answer(response: FastifyReply, { status = 200, media_type }: Route, result: unknown): FastifyReply {
  if (media_type) response.type(media_type)
  return response.status(status).send(result)
}
