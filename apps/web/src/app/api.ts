import type { Access, Route } from '@tessera/contract'
import type { Static, TSchema } from 'typebox'
import { isApiError, send } from './http.ts'
import { stringifySearch } from './search.ts'
import { bearerToken, forgetToken } from './token.ts'

type Part<R extends Route, K extends 'params' | 'body'> = R extends { [P in K]: infer S extends TSchema }
  ? { [P in K]: Static<S> }
  : unknown
type Query<R extends Route> = R extends { query: infer S extends TSchema } ? { query?: Static<S> } : unknown

/** What a route takes, from its contract; the key makes a repeated POST the same one. */
export type CallInput<R extends Route> = Part<R, 'params'> & Part<R, 'body'> & Query<R> & { idempotency_key?: string }

/** What a route answers: its JSON, a `Blob` where it serves a file, or nothing. */
export type CallReply<R extends Route> = R extends { reply: infer S extends TSchema }
  ? Static<S>
  : R extends { media_type: string }
    ? Blob
    : undefined

type Args<R extends Route> = object extends CallInput<R> ? [input?: CallInput<R>] : [input: CallInput<R>]

interface LooseInput {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  idempotency_key?: string
}

/** Calls a route of the contract. Throws `ApiError`; a token refused once is renewed and the call repeated. */
export async function call<R extends Route>(route: R, ...[input]: Args<R>): Promise<CallReply<R>> {
  const loose: LooseInput = input ?? {}
  try {
    return await attempt(route, loose)
  } catch (error) {
    if (!needsToken(route.access) || !isApiError(error, 'unauthenticated')) throw error
    forgetToken()
    return await attempt(route, loose)
  }
}

async function attempt<R extends Route>(route: R, input: LooseInput): Promise<CallReply<R>> {
  const response = await send(addressOf(route.path, input), {
    method: route.method,
    headers: {
      ...(needsToken(route.access) && { authorization: `Bearer ${await bearerToken()}` }),
      ...(input.idempotency_key && { 'idempotency-key': input.idempotency_key }),
      ...(route.media_type && { accept: route.media_type }),
    },
    body: input.body,
  })
  return (await read(route, response)) as CallReply<R>
}

function read(route: Route, response: Response): Promise<unknown> {
  if (route.reply) return response.json()
  return route.media_type ? response.blob() : Promise.resolve(undefined)
}

function needsToken(access: Access): boolean {
  return access !== 'public' && access !== 'session'
}

/** Fills the path's `:names` and appends the query. */
export function addressOf(path: string, { params = {}, query = {} }: Pick<LooseInput, 'params' | 'query'>): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  return filled + stringifySearch(query)
}
