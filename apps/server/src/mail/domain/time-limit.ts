import { createContext, Script } from 'node:vm'

const SANDBOX = createContext({ run: (work: () => unknown) => work() })
const RUN = new Script('run(work)')

/**
 * Runs pure work that a stranger's text may make slow without end, such as a pattern that backtracks; `null` where it took
 * longer than `ms`. The sandbox is there for its time limit, which also stops the engine of regular expressions.
 */
export function withinTime<T extends NonNullable<unknown>>(ms: number, work: () => T): T | null {
  try {
    return RUN.runInContext(Object.assign(SANDBOX, { work }), { timeout: ms })
  } catch (error) {
    if (isTimeout(error)) return null
    throw error
  }
}

/** Thrown in a realm of its own, it may be no instance of our Error. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
