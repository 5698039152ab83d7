import { EVENTS, type SocketMessage } from '@tessera/contract'

export type ConnectionState = 'connecting' | 'live' | 'reconnecting'

interface SocketOptions {
  /** Asked anew for each attempt, so that a reconnection never carries an expired token. */
  token: () => Promise<string>
  onMessage: (message: SocketMessage) => void
  onState: (state: ConnectionState) => void
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/** Doubles from half a second to half a minute, with jitter so that browsers do not return all at once. */
export function reconnectDelay(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.5 + random / 2)
}

/** Keeps one authenticated socket to `/ws`, resuming after the last event seen. Returns how to end it. */
export function openSocket({ token, onMessage, onState }: SocketOptions): () => void {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let last_event_id: string | null = null
  let ended = false

  function connect(): void {
    const current = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`)
    socket = current
    current.onopen = async () => {
      try {
        current.send(JSON.stringify({ type: 'authenticate', token: await token(), last_event_id }))
      } catch {
        // Without a token there is nothing to say; the next attempt asks again, and screens report the cause.
        current.close()
      }
    }
    current.onmessage = ({ data }) => receive(JSON.parse(String(data)))
    current.onclose = retryLater
  }

  function receive(message: unknown): void {
    if (isReady(message)) {
      attempt = 0
      onState('live')
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
    connect()
  }

  window.addEventListener('online', retryNow)
  document.addEventListener('visibilitychange', retryNow)
  onState('connecting')
  connect()

  return () => {
    ended = true
    clearTimeout(timer)
    window.removeEventListener('online', retryNow)
    document.removeEventListener('visibilitychange', retryNow)
    socket?.close()
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
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
