import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'

/** The jobs there are and what each is told. Each feature adds its own by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: features merge their jobs into it
export interface Jobs {}

export type JobName = keyof Jobs & string

export interface EnqueueOptions {
  /** A second job of the same key replaces the first one that has not started. */
  key?: string
  /** ISO 8601; absent: at once. */
  run_at?: string
  /** Tries in all before the job is given up; absent: 25, spread over about three days. */
  max_attempts?: number
}

/** Enqueues a job in the transaction that causes it: no job without its row, no row without its job. */
export async function enqueue<J extends JobName>(tx: Tx, job: J, payload: Jobs[J], options: EnqueueOptions = {}) {
  const { key = null, run_at = null, max_attempts = 25 } = options
  await sql`select tessera_enqueue(${job}, ${JSON.stringify(payload)}::json, ${key}, ${run_at}, ${max_attempts})`.execute(
    tx.db,
  )
}
