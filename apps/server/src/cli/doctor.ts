import { statfs } from 'node:fs/promises'
import type pg from 'pg'
import { migrationStatus } from '../platform/migrations/index.ts'
import { readSettings } from '../platform/settings.ts'
import { messageOf } from '../platform/settings-data-dir.ts'
import { OperatorError } from '../platform/settings-errors.ts'
import { loadSecretKey } from '../platform/settings-secret-key.ts'
import { MIGRATIONS } from '../prepare-database.ts'
import { type Command, readFlags } from './command.ts'
import { withConnection } from './connect.ts'

const GIBIBYTE = 1024 ** 3
const LEAST_FREE_BYTES = GIBIBYTE
/** TOTP forgives no more than half a minute, and tokens none. */
const MOST_CLOCK_MS = 2_000

/** A sentence where all is well; throws where it is not. */
type Check = () => Promise<string>

export const doctorCommand: Command = {
  usage: 'doctor',
  summary: 'check the settings, the database, its migrations, the clock and the disk',
  async run(args, { env, out }) {
    readFlags(args, {})
    let failures = 0

    async function examine(name: string, check: Check): Promise<void> {
      try {
        out(`ok    ${name}: ${await check()}`)
      } catch (error) {
        failures++
        out(`FAIL  ${name}: ${messageOf(error)}`)
      }
    }

    const settings = readSettings(env)
    await examine('settings', async () => `the data is in ${settings.dataDir}`)
    await examine('secret key', async () => {
      await loadSecretKey(settings)
      return settings.secretKey ? 'from SECRET_KEY' : 'kept beside the data; include it in your backups'
    })
    await examine('disk', () => checkDisk(settings.dataDir))
    await examine('database', () =>
      withConnection(env, async ({ client }) => {
        await examine('migrations', () => checkMigrations(client))
        await examine('clock', () => checkClock(client))
        const { rows } = await client.query<{ server_version: string }>('show server_version')
        return `PostgreSQL ${rows[0]?.server_version}, ${settings.databaseUrl ? 'at DATABASE_URL' : 'embedded'}`
      }),
    )
    if (failures > 0) throw new OperatorError(`${failures} of the checks failed.`)
  },
}

async function checkDisk(dataDir: string): Promise<string> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const said = `${(free / GIBIBYTE).toFixed(1)} GiB free`
  if (free < LEAST_FREE_BYTES) throw new Error(`${said} at ${dataDir}: make room, or set DATA_DIR to a larger disk.`)
  return said
}

async function checkMigrations(client: pg.Client): Promise<string> {
  const steps = await migrationStatus(client, { dir: MIGRATIONS })
  const odd = steps.filter(({ state }) => state !== 'applied').map(({ name, state }) => `${name} is ${state}`)
  if (odd.length > 0) throw new Error(`${odd.join(', ')}: run tessera migrate.`)
  return `all ${steps.length} are applied`
}

async function checkClock(client: pg.Client): Promise<string> {
  const before = Date.now()
  const { rows } = await client.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  )
  const middle = (before + Date.now()) / 2
  const apart = Math.abs((rows[0]?.ms ?? Number.NaN) - middle)
  if (!(apart <= MOST_CLOCK_MS)) {
    throw new Error(`this machine and the database are ${(apart / 1000).toFixed(1)} s apart: set both by NTP.`)
  }
  return 'this machine and the database agree'
}
