import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { SettingError } from './settings-errors.ts'
import * as kinds from './settings-values.ts'

/** Everything an operator can decide, read once at start. `undefined` means what the comment says. */
export interface Settings {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  /** An origin without a trailing slash; `undefined`: see {@link publicUrl}. */
  readonly appUrl: string | undefined
  /** `undefined`: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly smtpHost: string
  /** 0: any free port. */
  readonly smtpPort: number
  /** `undefined`: mail is kept in the local outbox. */
  readonly smtpUrl: string | undefined
  /** 32 bytes; `undefined`: the key kept in `dataDir`, see `loadSecretKey`. */
  readonly secretKey: Buffer | undefined
  /** What this process does: answer requests, work off jobs, or both. */
  readonly process: 'all' | 'serve' | 'work'
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** The largest mail that is accepted, in bytes. */
  readonly mailMaxBytes: number
}

const PROJECT = resolve(import.meta.dirname, '../../../..')
const MEBIBYTE = 1024 * 1024

/** Settings that are promised for a later release: refused rather than ignored in silence. */
const NOT_YET: Readonly<Record<string, string>> = {
  DATABASE_REPLICA_URL: 'read replicas',
  REDIS_URL: 'Redis',
  AMQP_URL: 'RabbitMQ',
  S3_URL: 'S3 storage',
}

/**
 * Reads the settings from environment variables; an empty variable counts as unset. The only place that does so.
 * @throws {SettingError} naming every wrong setting and what to write instead.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const problems: string[] = []

  function read<T, D>(name: string, kind: kinds.Kind<T>, unset: D): T | D {
    const text = env[name]?.trim() ?? ''
    if (text === '') return unset
    const value = kind.parse(text)
    if (value !== undefined) return value
    problems.push(`${name} must be ${kind.mustBe}${kind.secret === true ? '' : `, but it is “${text}”`}.`)
    return unset
  }

  const host = read('HOST', kinds.host, '127.0.0.1')
  const settings: Settings = {
    host,
    port: read('PORT', kinds.port, 3000),
    dataDir: read('DATA_DIR', kinds.directory, resolve(PROJECT, 'data')),
    appUrl: read('APP_URL', kinds.origin, undefined),
    databaseUrl: read('DATABASE_URL', kinds.databaseUrl, undefined),
    smtpHost: read('SMTP_HOST', kinds.host, host),
    smtpPort: read('SMTP_PORT', kinds.port, 2525),
    smtpUrl: read('SMTP_URL', kinds.smtpUrl, undefined),
    secretKey: read('SECRET_KEY', kinds.secretKey, undefined),
    process: read('PROCESS', kinds.oneOf('all', 'serve', 'work'), 'all'),
    logLevel: read('LOG_LEVEL', kinds.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info'),
    mailMaxBytes: read('MAIL_MAX_BYTES', kinds.bytes(1024, 256 * MEBIBYTE), 25 * MEBIBYTE),
  }

  for (const [name, feature] of Object.entries(NOT_YET)) {
    if ((env[name]?.trim() ?? '') !== '') {
      problems.push(`${name} is set, but this release does not support ${feature} yet: unset it.`)
    }
  }
  if (settings.port !== 0 && settings.port === settings.smtpPort && settings.host === settings.smtpHost) {
    problems.push(`SMTP_PORT must differ from PORT, but both are ${settings.port}.`)
  }
  if (problems.length > 0) throw new SettingError(problems)
  return Object.freeze(settings)
}

/**
 * The address people open, without a trailing slash: `APP_URL`, or else where this process listens.
 * @param port the port that was bound, as `PORT=0` leaves it to the system.
 */
export function publicUrl(settings: Settings, port: number): string {
  if (settings.appUrl !== undefined) return settings.appUrl
  const everywhere = settings.host === '0.0.0.0' || settings.host === '::'
  const name = everywhere ? 'localhost' : isIPv6(settings.host) ? `[${settings.host}]` : settings.host
  return `http://${name}:${port}`
}
