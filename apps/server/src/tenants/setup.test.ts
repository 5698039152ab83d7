import { completeSetup, type EventName, readMe, readSetup, type SetupBody } from '@tessera/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../test/harness.ts'
import { browser } from '../identity/testing/browser.ts'
import { trail } from '../identity/testing/person.ts'
import { createCompany, issueSetupToken } from './index.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

async function link(): Promise<string> {
  const token = await issueSetupToken(server.database)
  if (token === null) throw new Error('set up already')
  return token
}

const administrator = { full_name: 'Ida Installer', email: 'ida@example.test', password: 'correct horse battery' }

function body(token: string, changes: Partial<SetupBody> = {}): SetupBody {
  return {
    token,
    company: { name: 'Acme', time_zone: 'Europe/Berlin' },
    administrator,
    inbox: { name: 'Support', address: 'Support@example.test' },
    ...changes,
  }
}

const setUp = (body: SetupBody) => server.ask(null, completeSetup, { body })
const isRequired = async () => (await server.ask(null, readSetup)).body.required

async function rowsOf(table: string): Promise<number> {
  const { rows } = await server.owner.query(`select count(*) as count from ${table}`)
  return rows[0].count
}

test('the link makes a company in which the administrator can sign in and the first mail has a place to go', async () => {
  expect(await isRequired()).toBe(true)
  const { status, body: made } = await setUp(body(await link()))
  expect(status).toBe(201)
  expect(await isRequired()).toBe(false)
  expect(await issueSetupToken(server.database)).toBeNull()

  const page = browser(server.http)
  await page.signIn(administrator.email, administrator.password)
  await page.enrol(administrator.password)
  const token = (await page.token()).json()
  const me = await server.ask(token, readMe)
  expect(me.body.user).toMatchObject({ id: made.user_id, role: 'system_administrator' })

  const { rows } = await server.owner.query(
    `select i.id, i.address, t.name as team, m.user_id from inboxes i
     join teams t on t.id = i.team_id join team_members m on m.team_id = t.id`,
  )
  const inbox = { id: made.inbox_id, address: 'support@example.test', team: 'Support', user_id: made.user_id }
  expect(rows).toEqual([inbox])
})

test('what set-up did is in the audit trail, with where it came from', async () => {
  const { body: made } = await setUp(body(await link()))
  const acts = await trail(server, made)
  const names: EventName[] = ['company.created', 'user.created', 'team.created', 'inbox.created']
  expect(acts.map(({ event }) => event)).toEqual(names)
  expect(acts.at(-1)?.ip_address).toBe('127.0.0.1')
})

describe('the link', () => {
  test('does not open by guessing', async () => {
    await link()
    for (const token of ['x', 'A'.repeat(43)]) {
      expect(await setUp(body(token))).toMatchObject({ status: 403, body: { error_code: 'forbidden' } })
    }
    expect(await isRequired()).toBe(true)
  })

  test('works once', async () => {
    const token = await link()
    await setUp(body(token))
    expect(await setUp(body(token))).toMatchObject({ status: 409, body: { error_code: 'setup_already_done' } })
    expect(await rowsOf('companies')).toBe(1)
  })

  test('of an earlier start stops working when the next prints another', async () => {
    const old = await link()
    const fresh = await link()
    expect((await setUp(body(old))).status).toBe(403)
    expect((await setUp(body(fresh))).status).toBe(201)
  })

  test('lets one of two wizards win that finish at the same moment', async () => {
    const token = await link()
    const other = { ...administrator, email: 'eve@example.test' }
    const answers = await Promise.all([setUp(body(token)), setUp(body(token, { administrator: other }))])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await rowsOf('companies')).toBe(1)
    expect(await rowsOf('auth.identities')).toBe(1)
  })

  test('is no use once a company was made another way', async () => {
    const token = await link()
    await createCompany(server.database, { name: 'Acme', time_zone: 'UTC' })
    expect(await setUp(body(token))).toMatchObject({ status: 409, body: { error_code: 'setup_already_done' } })
  })

  test('is not stored', async () => {
    const token = await link()
    const { rows } = await server.owner.query("select encode(sha256, 'escape') as stored from auth.setup_tokens")
    expect(rows).toHaveLength(1)
    expect(rows[0].stored).not.toContain(token)
  })
})

describe('a refused set-up leaves nothing behind and the link good', () => {
  test.each<[string, Partial<SetupBody>, string]>([
    ['a time zone that does not exist', { company: { name: 'Acme', time_zone: 'Mars/Olympus' } }, 'company.time_zone'],
    ['an offset', { company: { name: 'Acme', time_zone: '+01:00' } }, 'company.time_zone'],
    ['a short password', { administrator: { ...administrator, password: 'short' } }, 'administrator.password'],
    ['no address', { inbox: { name: 'Support', address: 'nowhere' } }, 'inbox.address'],
  ])('%s', async (_, changes, field) => {
    const token = await link()
    const answer = await setUp(body(token, changes))
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'validation_failed' } })
    expect(answer.body).toHaveProperty(['details', field])
    expect((await setUp(body(token))).status).toBe(201)
  })

  test('an administrator’s address that signs in already', async () => {
    await server.owner.query(
      `insert into auth.identities (id, name, email, created_at, updated_at)
       values (gen_random_uuid(), 'Ida', $1, now(), now())`,
      [administrator.email],
    )
    const token = await link()
    const answer = await setUp(body(token))
    expect(answer).toMatchObject({ status: 409, body: { error_code: 'address_taken' } })
    expect(answer.body).toHaveProperty(['details', 'administrator.email'])
    expect([await rowsOf('companies'), await rowsOf('users'), await rowsOf('auth.accounts')]).toEqual([0, 0, 0])
    const other = { ...administrator, email: 'ivo@example.test' }
    expect((await setUp(body(token, { administrator: other }))).status).toBe(201)
  })
})
