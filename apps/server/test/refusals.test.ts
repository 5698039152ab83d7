import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from './database.ts'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')

let dataDir: string
let database: Awaited<ReturnType<typeof cloneDatabase>>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-refusals-'))
  database = await cloneDatabase()
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true })
})

async function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PORT: '0', SMTP_PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, complaint }
}

describe('a start that cannot be ends with code 1 and one sentence that says what to do', () => {
  const CASES: [what: string, settings: Record<string, string>, sentence: RegExp][] = [
    ['a port that is none', { PORT: '99999' }, /^PORT must be a port number .* but it is “99999”\.\n$/],
    ['a process that is none', { PROCESS: 'both' }, /^PROCESS must be all, serve or work, but it is “both”\.\n$/],
    ['a key too short', { SECRET_KEY: 'abc' }, /^SECRET_KEY must be 32 random bytes.*\n$/],
    ['what no release supports yet', { REDIS_URL: 'redis://x' }, /^REDIS_URL is set, but .*: unset it\.\n$/],
    ['a database address that is none', { DATABASE_URL: 'nonsense' }, /^DATABASE_URL must be an address such as .*\n$/],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://a:hunter2@127.0.0.1:1/x' },
      /^The database x at 127\.0\.0\.1:1 cannot be reached; check DATABASE_URL(?!.*hunter2).*\n$/,
    ],
  ]
  it.concurrent.for(CASES)('%s', async ([, settings, sentence]) => {
    expect(await start(settings)).toEqual({ code: 1, complaint: expect.stringMatching(sentence) })
  })

  it.concurrent.for(['PORT', 'SMTP_PORT'])('a %s that is taken', async (setting) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    try {
      expect(await start({ [setting]: String(port) })).toEqual({
        code: 1,
        complaint: expect.stringMatching(
          new RegExp(`port ${port}: it is already in use\\. .*set ${setting} to another port\\.\\n$`),
        ),
      })
    } finally {
      other.close()
    }
  })
})
