import { EVENTS, type SocketMessage } from '@tessera/contract'

export type ConnectionState = 'connecting' | 'live' | 'reconnecting'

interface SocketOptions {
  /** Asked anew for each attempt and while the socket is open, so that the server never holds an expired token. */
  token: () => Promise<string>
  /** The token is no longer good; the next one must be a fresh one. */
  onRefused: () => void
  /** No token can be had: `error` says why. The socket goes on trying. */
  onNoToken: (error: unknown) => void
  onMessage: (message: SocketMessage) => void
  /** What was missed cannot be told: everything on screen is to be read afresh. */
  onGap: () => void
  onState: (state: ConnectionState) => void
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** Shorter than the time before its expiry at which a token is renewed. */
const LOOK_AT_TOKEN_EVERY_MS = 30_000
const CLOSED_FOR_TOKEN = 4401

/** Doubles from half a second to half a minute, with jitter so that browsers do not return all at once. */
export function reconnectDelay(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.5 + random / 2)
}

/** Keeps one authenticated socket to `/ws`, resuming after the last event seen. Returns how to end it. */
export function openSocket({ token, onRefused, onNoToken, onMessage, onGap, onState }: SocketOptions): () => void {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let last_event_id: string | null = null
  let said = ''
  let ended = false

  async function connect(): Promise<void> {
    let first: string
    try {
      first = await token()
    } catch (error) {
      onNoToken(error)
      retryLater()
      return
    }
    if (ended) return
    const current = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`)
    socket = current
    current.onopen = () => authenticate(current, first)
    current.onmessage = ({ data }) => receive(JSON.parse(String(data)))
    current.onclose = ({ code }) => {
      if (code === CLOSED_FOR_TOKEN) onRefused()
      retryLater()
    }
  }

  function authenticate(current: WebSocket, fresh: string): void {
    said = fresh
    current.send(JSON.stringify({ type: 'authenticate', token: fresh, last_event_id }))
  }

  function receive(message: unknown): void {
    if (isOfType(message, 'ready')) {
      attempt = 0
      if (last_event_id === null) onGap()
      onState('live')
    } else if (isOfType(message, 'reset')) {
      onGap()
    } else if (isSocketMessage(message) && message.event_id !== last_event_id) {
      last_event_id = message.event_id
      onMessage(message)
    }
  }

  function retryLater(): void {
    if (ended) return
    onState('reconnecting')
    clearTimeout(timer)
    timer = setTimeout(connect, reconnectDelay(attempt++))
  }

  function retryNow(): void {
    if (ended || document.hidden || socket?.readyState !== WebSocket.CLOSED) return
    clearTimeout(timer)
    void connect()
  }

  /** Hands over a renewed token on the open socket. */
  function renew(): void {
    const current = socket
    if (current?.readyState !== WebSocket.OPEN) return
    token().then((fresh) => {
      if (fresh !== said && current.readyState === WebSocket.OPEN) authenticate(current, fresh)
    }, onNoToken)
  }

  const renewing = setInterval(renew, LOOK_AT_TOKEN_EVERY_MS)
  window.addEventListener('online', retryNow)
  document.addEventListener('visibilitychange', retryNow)
  onState('connecting')
  void connect()

  return () => {
    ended = true
    clearTimeout(timer)
    clearInterval(renewing)
    window.removeEventListener('online', retryNow)
    document.removeEventListener('visibilitychange', retryNow)
    socket?.close()
  }
}

function isOfType(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === type
}

function isSocketMessage(message: unknown): message is SocketMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'event' in message &&
    typeof message.event === 'string' &&
    Object.hasOwn(EVENTS, message.event)
  )
}
