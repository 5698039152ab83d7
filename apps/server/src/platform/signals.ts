import pg from 'pg'
import type { Logger } from 'pino'

/** `events_recorded`: something waits to be delivered. `events_delivered`: followers may read on. */
export type Channel = 'events_recorded' | 'events_delivered' | 'principals_changed'

/**
 * Wake-ups between and within processes. They may come late, twice or, in an outage, not at all: whoever waits also
 * looks by itself now and then, so a signal saves time and never carries facts.
 */
export interface Signals {
  send(channel: Channel): void
  on(channel: Channel, wake: () => void): () => void
  close(): Promise<void>
}

const RECONNECT_MS = 500

/** Signals by PostgreSQL's LISTEN and NOTIFY, on one connection of their own that is replaced whenever it is lost. */
export async function openSignals(url: string, log: Logger): Promise<Signals> {
  const wakers = new Map<Channel, Set<() => void>>()
  const waiting = new Set<Channel>()
  let client: pg.Client | null = null
  let sending: Promise<void> | null = null
  let closed = false

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, application_name: 'tessera signals' })
    fresh.on('error', (error) => {
      log.warn({ err: error }, 'the connection for signals was lost')
      if (client === fresh) client = null
      if (!closed) reconnect()
    })
    fresh.on('notification', ({ payload }) => wake(payload as Channel))
    await fresh.connect()
    await fresh.query('listen tessera')
    client = fresh
  }

  function reconnect(): void {
    setTimeout(async () => {
      if (closed) return
      try {
        await connect()
        // What was signalled during the outage is unknown: wake everybody.
        for (const channel of wakers.keys()) wake(channel)
      } catch (error) {
        log.warn({ err: error }, 'the connection for signals could not be made; trying again')
        reconnect()
      }
    }, RECONNECT_MS)
  }

  function wake(channel: Channel): void {
    for (const waker of wakers.get(channel) ?? []) waker()
  }

  /** Signals that arise while one is on its way travel together as the next. */
  function flush(): void {
    sending ??= sendWaiting()
      .catch((error: Error) => log.warn({ err: error }, 'a signal could not be sent'))
      .finally(() => {
        sending = null
        if (waiting.size > 0 && client) flush()
      })
  }

  async function sendWaiting(): Promise<void> {
    const channels = [...waiting]
    waiting.clear()
    await client?.query("select pg_notify('tessera', channel) from unnest($1::text[]) as channel", [channels])
  }

  await connect()
  return {
    send(channel) {
      waiting.add(channel)
      flush()
    },
    on(channel, waker) {
      const set = wakers.get(channel) ?? new Set()
      wakers.set(channel, set.add(waker))
      return () => set.delete(waker)
    },
    async close() {
      closed = true
      // What was signalled while one was on its way leaves as the next.
      while (sending) await sending
      await client?.end()
    },
  }
}
