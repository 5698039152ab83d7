import pg from 'pg'
import type { Logger } from 'pino'

const TIMESTAMPTZ = 1184
const BIGINT = 20

/**
 * Rows arrive ready for the wire: `timestamptz` as ISO 8601 in UTC (microseconds kept, no Date made of it), `bigint` as
 * a number (ours count tickets and events, far below 2^53).
 */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === TIMESTAMPTZ) return toIso
  if (oid === BIGINT) return Number
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
}

/** `2026-11-23 19:14:45.123+00`, as a session in UTC prints it, becomes `2026-11-23T19:14:45.123Z`. */
function toIso(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
}

export type PoolRole = 'tessera_app' | 'tessera_system' | 'tessera_auth' | null

export interface PoolOptions {
  url: string
  /** The role every session takes at once; null keeps the one that the address names, which owns the schema. */
  role: PoolRole
  /** Connections at most. */
  max: number
  log: Logger
  searchPath?: string
}

export function openPool({ url, role, max, log, searchPath }: PoolOptions): pg.Pool {
  const session = ['-c TimeZone=UTC', '-c DateStyle=ISO']
  if (role) session.push(`-c role=${role}`)
  if (searchPath) session.push(`-c search_path=${searchPath}`)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: session.join(' '),
    pipeline: true,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    application_name: `tessera ${role ?? 'owner'}`,
    types: { getTypeParser: typeParser },
  })
  // Without listeners a lost connection would end the process: an idle one is replaced by the pool by itself, and whoever
  // holds one hears of it by the query that fails. At the end none is missed: the pool ends before its connections do.
  const note = (error: Error) => {
    if (!pool.ending) log.warn({ err: error }, 'a database connection was lost')
  }
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
  return pool
}
