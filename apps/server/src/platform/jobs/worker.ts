import { EventEmitter } from 'node:events'
import { Logger as GraphileLogger, run, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { JobName, Jobs } from './enqueue.ts'
import { keepPresence } from './presence.ts'

/** What each job does. A job that throws is tried again later, with growing pauses. */
export type JobHandlers = { [J in JobName]: (payload: Jobs[J]) => Promise<void> }

export interface WorkerOptions {
  url: string
  pool: pg.Pool
  handlers: JobHandlers
  /** Jobs at once in this process. */
  concurrency: number
  log: Logger
}

/** In batches, even of one, the queue's note of how a job ended is waited for by a stop; else it may come after it. */
const NOTED = { completeJobBatchDelay: 0, failJobBatchDelay: 0 } as const

function taskList(handlers: JobHandlers): TaskList {
  const entries = Object.entries<(payload: never) => Promise<void>>(handlers)
  // A job was enqueued with the payload its name declares: `enqueue` is the only door.
  return Object.fromEntries(entries.map(([name, handle]) => [name, (payload: unknown) => handle(payload as never)]))
}

function quiet(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (level === 'error') log.error({ meta }, message)
    else if (level === 'warning') log.warn({ meta }, message)
    else log.debug(message)
  })
}

/** Works on jobs until stopped; a stop waits for the jobs that are running. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const events: WorkerEvents = new EventEmitter()
  const created = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id))
  })
  const runner = await run({
    pgPool: options.pool,
    taskList: taskList(options.handlers),
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    // One look at the queue for all of them, instead of a connection each every second.
    preset: { worker: { ...NOTED, localQueue: { size: options.concurrency } } },
    events,
    logger: quiet(options.log),
  })
  const presence = await keepPresence(options.url, await created, options.log)
  return {
    async stop() {
      await runner.stop()
      await presence.stop()
    },
  }
}

/** Runs every job that is due, and those that they cause, until none is left: for tests. */
export async function drainJobs({ pool, handlers, log }: Pick<WorkerOptions, 'pool' | 'handlers' | 'log'>) {
  await runOnce({
    pgPool: pool,
    taskList: taskList(handlers),
    noHandleSignals: true,
    preset: { worker: NOTED },
    logger: quiet(log),
  })
}
