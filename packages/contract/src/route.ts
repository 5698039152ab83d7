import type { Static, TObject, TSchema } from 'typebox'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call a route: `public` anyone, `session` a browser that signed in with password and cookie,
 * `member` anybody with a valid token, a permission only those who hold it.
 */
export type Access = 'public' | 'session' | 'member' | Permission

export interface Route {
  method: Method
  /** With its trailing slash; the server answers without it too. */
  path: `/api/${string}/`
  access: Access
  summary: string
  status?: 200 | 201 | 204
  params?: TObject
  query?: TObject
  body?: TObject
  /** Absent where the answer is not JSON; `media_type` then names what it is. */
  reply?: TSchema
  media_type?: string
}

/** Declares a route of the wire. Kept as an identity so that its exact type survives for server and web. */
export function route<const R extends Route>(definition: R): R {
  return definition
}

/** What a route answers with: JSON by its schema, or bytes. */
export type Reply<R extends Route> = R['reply'] extends TSchema ? Static<R['reply']> : Uint8Array
