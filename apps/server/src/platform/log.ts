import { pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard output; secrets that could ride along in headers or bodies are never written. */
export function createLog(level: string) {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'],
  })
}
