import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type RunningPostgres, startPostgres } from '../postgres/index.ts'
import { migrate, migrateDown, migrationStatus, rehearseMigrations } from './index.ts'
import { complaintAboutVersion } from './migrate.ts'

const log = pino({ level: 'silent' })
let dataDir: string
let postgres: RunningPostgres
let dir: string
let database: string
let client: pg.Client
let databases = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-migrate-'))
  postgres = await startPostgres({ dataDir, log, settings: { fsync: 'off' } })
})

afterAll(async () => {
  await postgres.stop()
  await rm(dataDir, { recursive: true })
})

beforeEach(async () => {
  database = `d${++databases}`
  const maintenance = await connect({ name: 'postgres' })
  await maintenance.query(`create database ${database}`)
  client = await connect()
  dir = await mkdtemp(join(dataDir, 'migrations-'))
})

async function connect({ name = database, user = 'tessera' } = {}): Promise<pg.Client> {
  const url = new URL(postgres.url)
  url.pathname = `/${name}`
  if (user !== 'tessera') Object.assign(url, { username: user, password: user })
  const connection = new pg.Client({ connectionString: url.href })
  await connection.connect()
  onTestFinished(() => connection.end())
  return connection
}

async function write(name: string, up: string, down: string): Promise<void> {
  await writeFile(join(dir, `${name}.sql`), `-- migrate:up\n${up}\n-- migrate:down\n${down}\n`)
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1")
  return rows.map(({ tablename }) => tablename)
}

describe('up', () => {
  test('applies what is pending, in order, and nothing twice', async () => {
    await write('0001_a', 'create table a (id int primary key);', 'drop table a;')
    expect(await migrate(client, { dir, log })).toEqual({ applied: ['0001_a'] })
    await write('0002_b', 'create table b (a_id int references a);', 'drop table b;')
    expect(await migrate(client, { dir, log })).toEqual({ applied: ['0002_b'] })
    expect(await migrate(client, { dir, log })).toEqual({ applied: [] })
    expect(await tables()).toEqual(['a', 'b'])
  })

  test('of several nodes at the same moment one does the work', async () => {
    await write('0001_a', 'create table a (); select pg_sleep(0.1);', 'drop table a;')
    const nodes = await Promise.all(Array.from({ length: 5 }, () => connect()))
    const results = await Promise.all(nodes.map((node) => migrate(node, { dir, log })))
    expect(results.flatMap(({ applied }) => applied)).toEqual(['0001_a'])
  })

  test('a migration that fails changes nothing, names the line, and keeps those before it', async () => {
    await write('0001_a', 'create table a ();', 'drop table a;')
    await write('0002_b', "create table b ();\nselect 'ä🙂';\nselect *\n  from missing;", 'drop table b;')
    await expect(migrate(client, { dir, log })).rejects.toThrow(
      'Migration 0002_b failed at line 5 and changed nothing: relation "missing" does not exist.',
    )
    expect(await tables()).toEqual(['a'])
    await write('0002_b', 'create table b ();', 'drop table b;')
    expect(await migrate(client, { dir, log })).toEqual({ applied: ['0002_b'] })
  })

  test('a migration changed after it was applied stops the start', async () => {
    await write('0001_a', 'create table a ();', 'drop table a;')
    await migrate(client, { dir, log })
    await write('0001_a', 'create table a (id int);', 'drop table a;')
    await expect(migrate(client, { dir, log })).rejects.toThrow('Migration 0001_a was changed after it was applied')
  })

  test('a database that is newer than this release stops the start', async () => {
    await write('0001_a', 'create table a ();', 'drop table a;')
    await write('0002_b', 'create table b ();', 'drop table b;')
    await migrate(client, { dir, log })
    await rm(join(dir, '0002_b.sql'))
    await expect(migrate(client, { dir, log })).rejects.toThrow('does not know its migration 0002_b')
    await expect(migrateDown(client, { dir, log })).rejects.toThrow('does not know its migration 0002_b')
    expect(await tables()).toEqual(['a', 'b'])
  })

  test.each([
    [140_012, true],
    [150_000, false],
    [180_004, false],
  ])('a server of version %d is refused: %s', (number, refused) => {
    expect(complaintAboutVersion(number, 'that') !== undefined).toBe(refused)
  })
})

describe('down', () => {
  test('takes back the newest alone, and up brings it again', async () => {
    await write('0001_a', 'create table a ();', 'drop table a;')
    await write('0002_b', 'create table b ();', 'drop table b;')
    await migrate(client, { dir, log })
    expect(await migrateDown(client, { dir, log })).toEqual({ reverted: '0002_b' })
    expect(await tables()).toEqual(['a'])
    expect(await migrate(client, { dir, log })).toEqual({ applied: ['0002_b'] })
  })

  test('has nothing to do in an empty database', async () => {
    expect(await migrateDown(client, { dir, log })).toEqual({ reverted: null })
  })

  test('says why where there is no way back, and changes nothing', async () => {
    await write('0001_a', 'create table a ();', '-- irreversible: the old form of the numbers is gone.')
    await migrate(client, { dir, log })
    await expect(migrateDown(client, { dir, log })).rejects.toThrow(
      '0001_a cannot be taken back: the old form of the numbers is gone.',
    )
    expect(await tables()).toEqual(['a'])
  })
})

test('the status tells applied, changed, unknown and pending apart, and changes nothing', async () => {
  await write('0001_a', 'select 1;', 'select 1;')
  expect(await migrationStatus(client, { dir })).toEqual([
    { number: 1, name: '0001_a', state: 'pending', applied_at: null },
  ])
  expect((await client.query("select to_regnamespace('tessera_meta') as schema")).rows).toEqual([{ schema: null }])

  await write('0002_b', 'select 2;', 'select 2;')
  await write('0003_c', 'select 3;', 'select 3;')
  await migrate(client, { dir, log })
  await write('0002_b', 'select 22;', 'select 2;')
  await rm(join(dir, '0003_c.sql'))
  expect(await migrationStatus(client, { dir })).toMatchObject([
    { name: '0001_a', state: 'applied', applied_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/) },
    { name: '0002_b', state: 'changed' },
    { name: '0003_c', state: 'unknown' },
  ])
})

describe('a user who is not a superuser', () => {
  test('may migrate the database they own, as on a managed server', async () => {
    await client.query(`create role owner_${database} login createrole password 'owner_${database}'`)
    await client.query(`alter database ${database} owner to owner_${database}`)
    const owner = await connect({ user: `owner_${database}` })
    const real = resolve(import.meta.dirname, '../../../migrations')
    expect((await migrate(owner, { dir: real, log })).applied.length).toBeGreaterThan(0)
  })

  test('is told what is missing where they may not', async () => {
    await client.query(`create role guest_${database} login password 'guest_${database}'`)
    await write('0001_a', 'select 1;', 'select 1;')
    const guest = await connect({ user: `guest_${database}` })
    await expect(migrate(guest, { dir, log })).rejects.toThrow(
      'make the user of DATABASE_URL the owner of the database',
    )
  })
})

describe('the rehearsal', () => {
  test('passes where the way back restores everything', async () => {
    await write('0001_a', 'create table a (id int primary key);', 'drop table a;')
    await write('0002_b', 'create index on a (id);', 'drop index a_id_idx;')
    expect(await rehearseMigrations(client, { dir, log })).toEqual({ up: 2, down: 2 })
  })

  test('names what a way back leaves behind', async () => {
    await write('0001_a', 'create table if not exists a (id int);', 'select 1;')
    await expect(rehearseMigrations(client, { dir, log })).rejects.toThrow(
      /^The way back did not restore the schema:\n(.*\n)*\+ relation a r/,
    )
  })

  test('goes back only as far as there is a way', async () => {
    await write('0001_a', 'create table a ();', '-- irreversible: it holds data.')
    await write('0002_b', 'create table b ();', 'drop table b;')
    expect(await rehearseMigrations(client, { dir, log })).toEqual({ up: 2, down: 1 })
  })

  test('passes with the migrations of this release', async () => {
    const real = resolve(import.meta.dirname, '../../../migrations')
    const { up, down } = await rehearseMigrations(client, { dir: real, log })
    expect(up).toBeGreaterThan(0)
    expect(down).toBeGreaterThan(0)
  })
})
