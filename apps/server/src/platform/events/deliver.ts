import type { Logger } from 'pino'
import type { Db } from '../db/index.ts'
import { startLoop } from '../loop.ts'

const BATCH = 500
const LOOK_EVERY_MS = 1_000
/** Any number that no other advisory lock of ours uses: one process at a time gives positions. */
const DELIVERY_LOCK = 7_355_001

/**
 * Gives each new event its `position`: one order for all readers, in which nothing appears behind a reader's back. The
 * commit order of two transactions is not the order of their ids, so a reader that went by id could miss one.
 * Returns how many it delivered.
 */
export async function deliverEvents(database: Db): Promise<number> {
  const client = await database.system.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [DELIVERY_LOCK])
    const { rowCount } = await client.query({
      name: 'tessera_deliver_events',
      text: `with batch as (
               select company_id, id from events where position is null order by id limit $1
             ), numbered as (
               select company_id, id,
                      (select coalesce(max(position), 0) from events) + row_number() over (order by id) as position
               from batch
             )
             update events set position = numbered.position from numbered
             where events.company_id = numbered.company_id and events.id = numbered.id`,
      values: [BATCH],
    })
    await client.query('commit')
    return rowCount ?? 0
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Delivers whenever something was recorded, and looks once a second in case a signal was lost. */
export function startDelivery(database: Db, log: Logger): { stop(): Promise<void> } {
  async function deliver(): Promise<boolean> {
    const delivered = await deliverEvents(database)
    if (delivered > 0) database.signals.send('events_delivered')
    return delivered === BATCH
  }
  const loop = startLoop(deliver, LOOK_EVERY_MS, 'events could not be delivered; trying again', log)
  const forget = database.signals.on('events_recorded', loop.wake)
  return {
    async stop() {
      forget()
      await loop.stop()
    },
  }
}
