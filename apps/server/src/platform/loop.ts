import type { Logger } from 'pino'

export interface Loop {
  /** There may be work: do it now, or once more after what is being done. */
  wake(): void
  /** Resolves when what is being done is done. */
  stop(): Promise<void>
}

/**
 * Does `work` whenever woken, and every `everyMs` in case a wake-up was lost; never twice at a time. `work` tells
 * whether more is waiting; where it fails, it is logged as `failure` and tried at the next occasion.
 */
export function startLoop(work: () => Promise<boolean>, everyMs: number, failure: string, log: Logger): Loop {
  let stopped = false
  let again = false
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false
      if (await work()) again = true
    }
  }

  function wake(): void {
    again = true
    if (stopped) return
    running ??= run()
      .catch((error: Error) => log.error({ err: error }, failure))
      .finally(() => {
        running = null
      })
  }

  const timer = setInterval(wake, everyMs)
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
