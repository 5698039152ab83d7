import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { WebSocket } from 'ws'
import type { Principal } from '../platform/actor.ts'
import { maySee } from '../tickets/index.ts'
import type { FeedItem } from './feed.ts'

/** Past this many unsent bytes a client is too slow: it is dropped and resumes by its last event. */
const MOST_UNSENT_BYTES = 1024 * 1024

/** Application close codes: 4400 means the client broke the protocol, 4401 that its token is no longer good. */
export const CLOSE = { protocol: 4400, unauthenticated: 4401 } as const

/** What a client says: who it is, at first and again whenever its token was renewed. */
const Authenticate = Type.Object({
  type: Type.Literal('authenticate'),
  token: Type.String({ maxLength: 8192 }),
  last_event_id: Type.Optional(Type.Union([Type.String({ format: 'uuid' }), Type.Null()])),
})
const authenticateMessage = Compile(Authenticate)

export function parseAuthenticate(text: string) {
  try {
    const message: unknown = JSON.parse(text)
    return authenticateMessage.Check(message) ? message : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** One open socket and who is behind it. */
export interface Session {
  readonly socket: WebSocket
  principal: Principal
  token: string
  /** The last position this client was brought to. */
  cursor: number
  /** False while it is still being brought up to date; live events reach it after that. */
  live: boolean
}

/** Sends an event to a session if it is news to it and theirs to see. */
export function offer(session: Session, item: FeedItem): void {
  if (item.position <= session.cursor) return
  session.cursor = item.position
  if (!concerns(session.principal, item)) return
  if (session.socket.bufferedAmount > MOST_UNSENT_BYTES) session.socket.terminate()
  else session.socket.send(item.text)
}

/** Events without a ticket tell of people and settings: those who may read the audit trail see them. */
function concerns(principal: Principal, { company_id, ticket }: FeedItem): boolean {
  if (company_id !== principal.company_id) return false
  return ticket ? maySee(principal, ticket) : principal.permissions.has('read_audit_trail')
}
