import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { Principal } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { startLoop } from '../platform/loop.ts'
import { acceptSockets } from '../platform/sockets/index.ts'
import { FEED_PAGE, lastPosition, positionOf, readCompanyFeed, readFeed } from './feed.ts'
import { CLOSE, offer, parseAuthenticate, type Session } from './session.ts'

export interface HubOptions {
  http: FastifyInstance
  database: Db
  authenticate: (token: string) => Promise<Principal>
  log: Logger
}

const LOOK_EVERY_MS = 1_000
const RECHECK_EVERY_MS = 15_000
const AUTHENTICATE_WITHIN_MS = 10_000

/**
 * Pushes what happened to every open socket of those who may see it: at most once each, in one order, resumable from
 * the last event a client saw. Whoever's token ends or whose account changes is asked again, or dropped.
 */
export async function openHub({ http, database, authenticate, log }: HubOptions): Promise<{ close(): Promise<void> }> {
  const sessions = new Set<Session>()
  let position = await lastPosition(database)

  async function push(): Promise<boolean> {
    const items = await readFeed(database, position)
    for (const item of items) {
      position = item.position
      for (const session of sessions) if (session.live) offer(session, item)
    }
    return items.length === FEED_PAGE
  }

  async function join(socket: WebSocket, token: string, last_event_id: string | null): Promise<Session> {
    const principal = await authenticate(token)
    const session: Session = { socket, principal, token, cursor: position, live: false }
    sessions.add(session)
    socket.send('{"type":"ready"}')
    if (last_event_id) await resume(session, last_event_id)
    session.live = true
    return session
  }

  /** Sends what was missed; `reset` where that cannot be told, so that the client reads everything afresh. */
  async function resume(session: Session, last_event_id: string): Promise<void> {
    const { company_id } = session.principal
    const seen = await positionOf(database, company_id, last_event_id)
    if (seen === undefined) {
      session.socket.send('{"type":"reset"}')
      session.cursor = position
      return
    }
    session.cursor = seen
    for (;;) {
      const before = position
      const missed = await readCompanyFeed(database, company_id, session.cursor)
      for (const item of missed) offer(session, item)
      if (missed.length < FEED_PAGE && position === before) return
    }
  }

  async function recheck(session: Session): Promise<void> {
    try {
      session.principal = await authenticate(session.token)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      session.socket.close(CLOSE.unauthenticated, 'The token is no longer good: send a fresh one.')
    }
  }

  function recheckAll(): void {
    Promise.all([...sessions].map(recheck)).catch((error: Error) => log.error({ err: error }, 'sockets not rechecked'))
  }

  function accept(socket: WebSocket): void {
    let session: Session | undefined
    const late = setTimeout(() => socket.close(CLOSE.unauthenticated, 'Send your token first.'), AUTHENTICATE_WITHIN_MS)
    let turn = Promise.resolve()

    async function hear(text: string): Promise<void> {
      const message = parseAuthenticate(text)
      if (!message) return socket.close(CLOSE.protocol, 'Send {"type":"authenticate","token":…}.')
      if (session) {
        session.token = message.token
        await recheck(session)
        return
      }
      clearTimeout(late)
      session = await join(socket, message.token, message.last_event_id ?? null)
      // It may have closed while it was being brought up to date.
      if (socket.readyState !== socket.OPEN) sessions.delete(session)
    }

    socket.on('message', (data) => {
      turn = turn
        .then(() => hear(String(data)))
        .catch((error: unknown) => {
          if (error instanceof DomainError) return socket.close(CLOSE.unauthenticated, error.message.slice(0, 120))
          log.error({ err: error }, 'a socket could not be served')
          socket.close(1011, 'Something went wrong here; connect again.')
        })
    })
    socket.on('error', (error) => log.debug({ err: error }, 'socket error'))
    socket.on('close', () => {
      clearTimeout(late)
      for (const known of sessions) if (known.socket === socket) sessions.delete(known)
    })
  }

  const sockets = acceptSockets(http, '/ws', accept)
  const pushing = startLoop(push, LOOK_EVERY_MS, 'events could not be pushed; trying again', log)
  const forget = [
    database.signals.on('events_delivered', pushing.wake),
    database.signals.on('principals_changed', recheckAll),
  ]
  const rechecking = setInterval(recheckAll, RECHECK_EVERY_MS)
  return {
    async close() {
      clearInterval(rechecking)
      for (const off of forget) off()
      sockets.close()
      await pushing.stop()
    },
  }
}
