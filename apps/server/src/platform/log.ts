import { type LoggerOptions, pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard output. */
export function createLog(level: string) {
  return pino(logOptions(level))
}

/** Secrets that could ride along in headers, bodies or errors are never written. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'],
    serializers: { err: withoutClient },
  }
}

/** A lost connection's error drags its whole client along, secrets and every statement included. */
function withoutClient(error: Error): Record<string, unknown> {
  const { client: _, ...told } = pino.stdSerializers.err(error)
  return told
}
