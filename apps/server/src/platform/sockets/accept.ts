import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'

/** The largest message a client may send: they only say who they are. */
const LARGEST_BYTES = 16 * 1024
const PING_EVERY_MS = 30_000

/** Upgrades requests for `path`, keeps the sockets alive and drops those whose client went silent. */
export function acceptSockets(
  http: FastifyInstance,
  path: string,
  accept: (socket: WebSocket) => void,
): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_BYTES })
  const answering = new WeakSet<WebSocket>()

  http.server.on('upgrade', (request, stream, head) => {
    if (request.url?.split('?')[0]?.replace(/\/$/, '') !== path) {
      stream.end('HTTP/1.1 404 Not Found\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      answering.add(socket)
      socket.on('pong', () => answering.add(socket))
      accept(socket)
    })
  })

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answering.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, PING_EVERY_MS)

  return {
    close() {
      clearInterval(heartbeat)
      for (const socket of sockets.clients) socket.close(1001, 'The server is stopping; connect again.')
      sockets.close()
    },
  }
}
