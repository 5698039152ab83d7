import type pg from 'pg'
import type { Db } from '../platform/db/index.ts'

/** Runs `work` while nobody else, here or on another node, works on the same message. @throws where somebody does. */
export type Exclusively = (outbound_message_id: string, work: () => Promise<void>) => Promise<void>

interface Session {
  readonly client: Promise<pg.PoolClient>
  readonly onError: (error: Error) => void
  /** How many hand-overs hold a lock in this session, or are about to. */
  holders: number
  broken: Error | undefined
}

/**
 * One hand-over of a mail at a time, without a transaction that stays open meanwhile: an advisory lock of a database
 * session, which PostgreSQL drops when the process dies, so that another may take over at once. All locks of a process
 * share one session, which goes back to the pool with the last of them.
 */
export function openHandOverLock(database: Db): Exclusively {
  const here = new Set<string>()
  let shared: Session | null = null

  function open(): Session {
    const onError = (error: Error) => {
      session.broken = error
      // Its locks are gone: those who come now need another session.
      if (shared === session) shared = null
    }
    const client = database.system.connect().then((connected) => connected.on('error', onError))
    const session: Session = { client, onError, holders: 0, broken: undefined }
    return session
  }

  function join(): Session {
    shared ??= open()
    shared.holders += 1
    return shared
  }

  async function leave(session: Session): Promise<void> {
    session.holders -= 1
    if (session.holders > 0) return
    if (shared === session) shared = null
    const client = await session.client
    client.off('error', session.onError)
    client.release(session.broken)
  }

  return async (id, work) => {
    if (here.has(id)) throw new Error(`mail ${id} is being handed over already`)
    here.add(id)
    const session = join()
    try {
      if (!(await lock(session, id))) throw new Error(`mail ${id} is being handed over by another process`)
      try {
        await work()
      } finally {
        await unlock(session, id)
      }
    } finally {
      here.delete(id)
      await leave(session)
    }
  }
}

async function lock(session: Session, id: string): Promise<boolean> {
  const client = await session.client
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
    [lockName(id)],
  )
  return rows[0]?.taken === true
}

/** Where it fails the session is closed instead of reused, which frees the lock as well. */
async function unlock(session: Session, id: string): Promise<void> {
  if (session.broken) return
  const client = await session.client
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [lockName(id)]).catch(session.onError)
}

function lockName(id: string): string {
  return `send-mail/${id}`
}
