import pg from 'pg'
import type { Logger } from 'pino'

const LOOK_EVERY_MS = 2_000
/** A job is locked a moment before its worker's presence may be visible; younger locks are left alone. */
const YOUNGEST_MS = 2_000

/**
 * Jobs of a worker that was killed stay locked, and the queue by itself frees them after hours. So each worker pool
 * holds an advisory lock for as long as its process lives (PostgreSQL drops it with the connection), and every process
 * frees the jobs of pools whose lock nobody holds.
 */
export async function keepPresence(url: string, poolId: string, log: Logger): Promise<{ stop(): Promise<void> }> {
  let client = await hold(url, poolId)

  async function freeAbandoned(): Promise<void> {
    await client.session.query(
      `with holders as materialized (
         select locked_by from graphile_worker._private_jobs
         where locked_by is not null and locked_by <> $1 and locked_at < now() - $2 * interval '1 millisecond'
         group by locked_by
       ), gone as materialized (
         select locked_by from holders where pg_try_advisory_xact_lock(hashtextextended(locked_by, 0))
       )
       select graphile_worker.force_unlock_workers(array_agg(locked_by)) from gone having count(*) > 0`,
      [poolId, YOUNGEST_MS],
    )
  }

  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(async () => {
      try {
        if (client.lost) client = await hold(url, poolId)
        await freeAbandoned()
      } catch (error) {
        log.warn({ err: error }, 'abandoned jobs could not be freed; trying again')
      }
    })
  }, LOOK_EVERY_MS)

  return {
    async stop() {
      clearInterval(timer)
      await looking
      await client.session.end()
    },
  }
}

async function hold(url: string, poolId: string): Promise<{ session: pg.Client; lost: boolean }> {
  const session = new pg.Client({ connectionString: url, application_name: 'tessera presence' })
  const held = { session, lost: false }
  session.on('error', () => {
    held.lost = true
  })
  await session.connect()
  await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [poolId])
  return held
}
