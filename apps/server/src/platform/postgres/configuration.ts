import { join } from 'node:path'

/**
 * For a desk with everything on one small machine: little memory, few processes, nothing less durable than the default.
 * ALTER SYSTEM changes any of it.
 */
const TUNING = {
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_connections: '60',
  max_wal_senders: '2',
  max_logical_replication_workers: '0',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  autovacuum_worker_slots: '3',
  autovacuum_max_workers: '2',
  // Processes that read ahead cost more memory than they save time while the data fits into the cache.
  io_method: 'sync',
  jit: 'off',
  random_page_cost: '1.1',
  max_wal_size: '512MB',
  // What a short outage of power may cost in recovery at the next start.
  checkpoint_timeout: '5min',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
  log_checkpoints: 'off',
  // Statements and details carry what customers wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const

/**
 * The configuration file: what initdb found out about the machine, then ours, then the caller's.
 * @param settings PostgreSQL's own names and values; they win.
 */
export function configurationFile(cluster: string, settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...TUNING, ...settings }).map(([name, value]) => `${name} = ${quoted(value)}`)
  return [
    '# Written anew at each start. To change a setting for good, use ALTER SYSTEM.',
    `include ${quoted(join(cluster, 'postgresql.conf'))}`,
    ...lines,
    '',
  ].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
