import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openPostgres, type RunningPostgres, startPostgres } from './index.ts'
import { isAlive, query, serverPid, temporaryDataDir } from './testing/processes.ts'

const log = pino({ level: 'silent' })

async function start(dataDir: string, settings: Record<string, string> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, log, settings })
  onTestFinished(() => postgres.stop())
  return postgres
}

describe('a first start', () => {
  test('makes a server that keeps what it is told, sorts the same everywhere and is closed to others', async () => {
    const dataDir = join(await temporaryDataDir(), 'made', 'on the way')
    const { url } = await start(dataDir)
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses']
    const rows = await query(url, `select name, setting from pg_settings where name in ('${names.join("','")}')`)
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      synchronous_commit: 'on',
    })
    expect(
      await query(url, 'select datname, datlocprovider, datlocale from pg_database where datname = current_database()'),
    ).toEqual([{ datname: 'tessera', datlocprovider: 'b', datlocale: 'C.UTF-8' }])
    expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o077).toBe(0)
  })

  test('lets nobody in without the password', async () => {
    const { url } = await start(await temporaryDataDir())
    const wrong = new URL(url)
    wrong.password = 'guessed'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  })

  test('takes settings of the caller above its own', async () => {
    const { url } = await start(await temporaryDataDir(), { fsync: 'off', max_connections: '77' })
    expect(await query(url, 'show fsync')).toEqual([{ fsync: 'off' }])
    expect(await query(url, 'show max_connections')).toEqual([{ max_connections: '77' }])
  })

  test('keeps under another name what was in the place and is no cluster', async () => {
    const dataDir = await temporaryDataDir()
    await mkdir(join(dataDir, 'postgres/base'), { recursive: true })
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n')
    const { url } = await start(dataDir)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.incomplete-'))).toHaveLength(1)
  })

  test('sweeps away what a start left that was killed while it initialised', async () => {
    const dataDir = await temporaryDataDir()
    await mkdir(join(dataDir, 'postgres.new-dead/data/base'), { recursive: true })
    await start(dataDir)
    expect((await readdir(dataDir)).filter((name) => name.includes('.new'))).toEqual([])
  })
})

describe('a later start', () => {
  test('finds what was committed, and ends in order before', async () => {
    const dataDir = await temporaryDataDir()
    const first = await start(dataDir)
    await query(first.url, 'create table kept as select 42 as answer')
    const pid = await serverPid(dataDir)
    await Promise.all([first.stop(), first.stop()])
    expect(await serverPid(dataDir)).toBeUndefined()
    expect(isAlive(pid ?? 0)).toBe(false)

    const second = await start(dataDir)
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('sets a new password where the old one was lost', async () => {
    const dataDir = await temporaryDataDir()
    const first = await start(dataDir)
    await first.stop()
    await rm(join(dataDir, 'postgres.password'))
    const second = await start(dataDir)
    expect(second.url).not.toBe(first.url)
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('refuses data of another version with a sentence, and leaves it alone', async () => {
    const dataDir = await temporaryDataDir()
    await mkdir(join(dataDir, 'postgres/global'), { recursive: true })
    await writeFile(join(dataDir, 'postgres/global/pg_control'), '')
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n')
    await expect(startPostgres({ dataDir, log })).rejects.toThrow('is of PostgreSQL 17, but this release brings 18')
    expect(await readFile(join(dataDir, 'postgres/PG_VERSION'), 'utf8')).toBe('17\n')
  })

  test('says why PostgreSQL does not start', async () => {
    await expect(start(await temporaryDataDir(), { shared_buffers: 'plenty' })).rejects.toThrow(
      /^PostgreSQL does not start: .*configuration file/,
    )
  })
})

describe('one directory, one server', () => {
  test('refuses a second start in the same process, and a third after the second', async () => {
    const dataDir = await temporaryDataDir()
    const { url } = await start(dataDir)
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(startPostgres({ dataDir, log })).rejects.toMatchObject({
        name: 'DataDirInUse',
        message: expect.stringMatching(
          /^Tessera already runs on .+: stop it first, or set DATA_DIR to another directory\.$/,
        ),
      })
    }
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a command beside the server joins it and leaves it running', async () => {
    const dataDir = await temporaryDataDir()
    const running = await start(dataDir)
    const joined = await openPostgres({ dataDir, log })
    expect(joined.url).toBe(running.url)
    await joined.stop()
    expect(await query(running.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a command with no server beside it starts one and ends it', async () => {
    const dataDir = await temporaryDataDir()
    const own = await openPostgres({ dataDir, log })
    expect(await query(own.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await own.stop()
    expect(await serverPid(dataDir)).toBeUndefined()
  })
})

describe('a server that ends by itself', () => {
  test('is noticed', async () => {
    const dataDir = await temporaryDataDir()
    const postgres = await start(dataDir)
    process.kill((await serverPid(dataDir)) ?? Number.NaN, 'SIGKILL')
    expect((await postgres.died).message).toBe('PostgreSQL ended unexpectedly (SIGKILL).')
  })

  test('is not suspected when it was stopped', async () => {
    const postgres = await start(await temporaryDataDir())
    const died = vi.fn()
    void postgres.died.then(died)
    await postgres.stop()
    expect(died).not.toHaveBeenCalled()
  })

  test('is stopped even while sessions hold on to it', async () => {
    const postgres = await start(await temporaryDataDir())
    const client = new pg.Client({ connectionString: postgres.url })
    const lost = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await client.query('begin')
    await postgres.stop()
    await lost
  })
})
