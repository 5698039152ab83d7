import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { readMe } from '@tessera/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase } from '../../test/database.ts'
import { useTestServer } from '../../test/harness.ts'
import { browser } from '../identity/testing/browser.ts'
import { hire } from '../identity/testing/person.ts'
import { runCommandLine } from './run.ts'

const server = useTestServer()
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-cli-'))
  env = { DATA_DIR: dataDir, DATABASE_URL: server.databaseUrl, SECRET_KEY: server.secretKey.toString('hex') }
})
afterAll(() => rm(env.DATA_DIR ?? '', { recursive: true }))

async function tessera(args: readonly string[], changes: NodeJS.ProcessEnv = {}) {
  const out: string[] = []
  const told: string[] = []
  const code = await runCommandLine(args, {
    env: { ...env, ...changes },
    out: (line) => out.push(line),
    tell: (line) => told.push(line),
  })
  return { code, out, told: told.join('\n') }
}

describe('tessera token', () => {
  test('prints a token that the running server takes, and nothing else', async () => {
    const { email, user_id } = await hire(server, 'manager')
    const main = resolve(import.meta.dirname, 'main.ts')
    const args = [main, 'token', '--as', email.toUpperCase(), '--ttl', '1h']
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(stderr).toBe('')

    const { body } = await server.ask({ token: stdout.trim() }, readMe)
    expect(body.user).toMatchObject({ id: user_id, role: 'manager' })
    const { iat, exp } = JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString())
    expect(exp - iat).toBe(3600)
  })

  test('says which companies to choose from, where there are several', async () => {
    const { email, company_id } = await hire(server)
    const other = (await tessera(['company', 'create', '--name', 'Other', '--time-zone', 'UTC'])).out[0] ?? ''
    const join = ['user', 'create', '--company', other, '--email', email, '--name', 'Ada', '--role', 'team_lead']
    expect(await tessera(join)).toMatchObject({ code: 0, out: [], told: expect.stringMatching(/keeps that password/) })

    const unclear = await tessera(['token', '--as', email])
    expect(unclear).toMatchObject({ code: 1, out: [], told: expect.stringContaining(other) })
    expect(unclear.told).toContain(company_id)
    expect((await tessera(['token', '--as', email, '--company', other])).out).toHaveLength(1)
  })

  test.each(['0s', '15', '1 h', '-1h', '31d', '99999999d', 'forever'])('refuses a time of %s', async (ttl) => {
    const refused = await tessera(['token', '--as', 'ada@example.test', `--ttl=${ttl}`])
    expect(refused).toMatchObject({ code: 1, told: expect.stringMatching(/--ttl must be[\s\S]*Usage: tessera token/) })
  })

  test('refuses somebody it does not know', async () => {
    const refused = await tessera(['token', '--as', 'nobody@example.test'])
    expect(refused).toEqual({ code: 1, out: [], told: 'nobody@example.test is no active member of any company.' })
  })
})

describe('tessera user create', () => {
  test('prints a password that signs in, and asks for a second factor', async () => {
    const company =
      (await tessera(['company', 'create', '--name', 'Acme', '--time-zone', 'Europe/Berlin'])).out[0] ?? ''
    const email = 'grace@example.test'
    const made = await tessera([
      ...[
        'user',
        'create',
        '--company',
        company,
        '--email',
        email,
        '--name',
        'Grace',
        '--role',
        'system_administrator',
      ],
    ])
    const [password = ''] = made.out
    expect(made).toMatchObject({ code: 0, out: [expect.stringMatching(/^(\w{5}-){3}\w{5}$/)] })
    const page = browser(server.http)
    expect((await page.signIn(email, password)).statusCode).toBe(200)
    expect((await page.token()).json()).toMatchObject({ error_code: 'mfa_enrolment_required' })
    await page.enrol(password)
    expect((await page.token()).statusCode).toBe(200)
  })

  test.each([
    [['--email', 'nowhere', '--name', 'A', '--role', 'manager'], /--email must be/],
    [['--email', 'a@example.test', '--name', 'A', '--role', 'emperor'], /--role must be one of support_agent/],
    [['--email', 'a@example.test', '--name', ' ', '--role', 'manager'], /--name is missing/],
    [['--email', 'a@example.test', '--role', 'manager'], /--name is missing/],
  ])('refuses %j', async (flags, message) => {
    const refused = await tessera(['user', 'create', ...flags])
    expect(refused).toMatchObject({ code: 1, out: [], told: expect.stringMatching(message) })
    expect(refused.told).toContain('Usage: tessera user create')
  })

  test('refuses a company that does not exist', async () => {
    const flags = ['--company', 'acme', '--email', 'a@example.test', '--name', 'A', '--role', 'manager']
    expect(await tessera(['user', 'create', ...flags])).toMatchObject({
      code: 1,
      told: 'There is no company with the id acme.',
    })
  })
})

describe('tessera company create', () => {
  test('refuses a time zone that does not exist', async () => {
    const refused = await tessera(['company', 'create', '--name', 'Acme', '--time-zone', 'Berlin'])
    expect(refused).toMatchObject({
      code: 1,
      out: [],
      told: expect.stringMatching(/Europe\/Berlin, but it is “Berlin”/),
    })
  })
})

describe('tessera migrate', () => {
  test('goes up, shows where it stands, and takes one step back', async () => {
    const { url, drop } = await cloneDatabase()
    const here = { DATABASE_URL: url }
    const { out: all } = await tessera(['migrate', '--status'], here)
    expect(all.every((line) => /^\d{4}_\w+\tapplied\t20/.test(line))).toBe(true)
    const last = all.at(-1)?.split('\t')[0]

    expect((await tessera(['migrate', '--down'], here)).out).toEqual([`Took back ${last}`])
    expect((await tessera(['migrate', '--status'], here)).out.at(-1)).toBe(`${last}\tpending`)
    const refused = await tessera(['token', '--as', 'ada@example.test'], here)
    expect(refused).toMatchObject({ code: 1, told: expect.stringMatching(/run tessera migrate/) })
    expect((await tessera(['migrate'], here)).out).toEqual([`Applied ${last}`])
    expect((await tessera(['migrate'], here)).out).toEqual(['The database is up to date.'])
    await drop()
  })
})

describe('tessera doctor', () => {
  test('finds a sound installation sound', async () => {
    const { code, out } = await tessera(['doctor'])
    expect(out.filter((line) => !line.startsWith('ok '))).toEqual([])
    expect(out.map((line) => line.slice(6).split(':')[0]).sort()).toEqual(
      ['clock', 'database', 'disk', 'migrations', 'secret key', 'settings'].sort(),
    )
    expect(code).toBe(0)
  })

  test('says what is wrong when the database is out of reach', async () => {
    const { code, out } = await tessera(['doctor'], { DATABASE_URL: 'postgres://x:y@127.0.0.1:1/none' })
    expect(out).toContainEqual(expect.stringMatching(/^FAIL {2}database: The database cannot be reached/))
    expect(code).toBe(1)
  })
})

describe('a command line that cannot be understood', () => {
  test.each([
    [[], /Say what to do/],
    [['fly'], /no command “fly”/],
    [['company'], /no command “company”/],
    [['company', 'destroy'], /no command “company destroy”/],
    [['constructor'], /no command “constructor”/],
    [['migrate', '--sideways'], /Unknown option '--sideways'/],
    [['migrate', 'now'], /Unexpected argument 'now'/],
    [['migrate', '--status', '--down'], /exclude each other/],
    [['token'], /--as is missing/],
    [['token', '--as'], /--as/],
  ])('%j ends with a sentence, the usage and code 1', async (args, message) => {
    const refused = await tessera(args)
    expect(refused).toMatchObject({ code: 1, out: [], told: expect.stringMatching(message) })
    expect(refused.told).toMatch(/Usage: ?\n? *tessera/)
  })

  test('a wrong setting stops it with the sentence that says what to write', async () => {
    const refused = await tessera(['doctor'], { PORT: 'http' })
    expect(refused).toMatchObject({ code: 1, out: [], told: expect.stringMatching(/^PORT must be/) })
  })

  test('--help is no mistake', async () => {
    expect(await tessera(['--help'])).toMatchObject({ code: 0, out: [expect.stringContaining('tessera migrate')] })
  })
})
