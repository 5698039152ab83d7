import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listTickets, listUsers, readTicket, TICKET_PRIORITIES, TICKET_STATUSES } from '@tessera/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { membershipsByEmail } from '../identity/index.ts'
import { furnishDemo } from './index.ts'
import { planSteps } from './plan.ts'
import { sheetPath } from './sign-in-sheet.ts'
import { PEOPLE } from './staff.ts'

const server = useTestServer()
let dataDir: string
let told: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-demo-'))
  told = await furnishDemo(server, dataDir)
})
afterAll(() => rm(dataDir, { recursive: true }))

test('an agent of the demo has a list full of tickets, newest first, and each opens with its conversation', async () => {
  const agent = await signedIn('agent@demo.test')
  const { status, body } = await server.ask(agent, listTickets, { query: { page_size: 100 } })
  expect(status).toBe(200)
  expect(body.pagination.total_count).toBeGreaterThan(100)
  expect(body.results.map(({ created_at }) => created_at)).toEqual(
    body.results
      .map(({ created_at }) => created_at)
      .toSorted()
      .toReversed(),
  )
  for (const { id, status: ticket_status } of body.results.slice(0, 20)) {
    const { body: ticket } = await server.ask(agent, readTicket, { params: { id } })
    const times = ticket.activities?.map(({ created_at }) => created_at) ?? []
    expect(times.length).toBeGreaterThan(0)
    expect(times).toEqual(times.toSorted())
    expect(ticket.status).toBe(ticket_status)
  }
})

test('every status and every priority occurs, and most tickets are done', async () => {
  const statuses = await count('select status as name, count(*)::int from crm_support_tickets group by 1')
  expect([...statuses.keys()].toSorted()).toEqual([...TICKET_STATUSES].toSorted())
  expect((statuses.get('resolved') ?? 0) + (statuses.get('closed') ?? 0)).toBeGreaterThan(200)
  const priorities = await count('select priority as name, count(*)::int from crm_support_tickets group by 1')
  expect([...priorities.keys()].toSorted()).toEqual([...TICKET_PRIORITIES].toSorted())
})

test('the numbers of each year begin with 1, have no gap and follow the time of creation', async () => {
  const rows = await read<{ ticket_number: string }>(
    'select ticket_number from crm_support_tickets order by created_at',
  )
  const numbers = rows.map(({ ticket_number }) => ticket_number.split('-').slice(1).map(Number))
  for (const year of new Set(numbers.map(([year]) => year))) {
    const ofYear = numbers.filter(([its]) => its === year).map(([, number]) => number)
    expect(ofYear).toEqual(ofYear.map((_, place) => place + 1))
  }
})

test('nobody is written to: the outbox is empty, and every customer lives where no mail can go', async () => {
  expect(await read('select 1 from outbound_messages')).toEqual([])
  expect(await read('select 1 from graphile_worker._private_jobs')).toEqual([])
  expect(await read("select 1 from contact_addresses where address not like '%.example'")).toEqual([])
})

test('nothing is later than now, and the audit trail stands in the order in which things happened', async () => {
  const now = new Date().toISOString()
  for (const [table, column] of [
    ['crm_support_tickets', 'updated_at'],
    ['crm_ticket_activities', 'created_at'],
    ['events', 'occurred_at'],
  ]) {
    expect(await read(`select 1 from ${table} where ${column} > $1`, [now])).toEqual([])
  }
  const disordered = `select 1 from (
    select occurred_at, lag(occurred_at) over (order by id) as before from events
  ) as told where occurred_at < before`
  expect(await read(disordered)).toEqual([])
})

test('sixty customers write, and people have passwords of this installation that only its owner can read', async () => {
  expect(await read('select 1 from customers')).toHaveLength(60)
  const sheet = await readFile(sheetPath(dataDir), 'utf8')
  expect((await stat(sheetPath(dataDir))).mode & 0o777).toBe(0o600)
  for (const { email, signs_in } of PEOPLE) expect(sheet.includes(email)).toBe(signs_in)
  expect(told).toContain(sheet.trim())
  const passwords = sheet.match(/\b[a-z2-9]{5}(-[a-z2-9]{5}){3}\b/g)
  expect(new Set(passwords).size).toBe(5)
})

test('a second start changes nothing and says where the passwords are', async () => {
  const before = await read('select count(*) from events')
  const sheet = await readFile(sheetPath(dataDir), 'utf8')
  const again = await furnishDemo(server, dataDir)
  expect(again).toContain('is here already')
  expect(again).toContain(sheetPath(dataDir))
  expect(await readFile(sheetPath(dataDir), 'utf8')).toBe(sheet)
  expect(await read('select count(*) from events')).toEqual(before)
  expect(await read('select 1 from companies')).toHaveLength(1)
})

test('the administrator sees all of the people, and everybody of the desk has something to do', async () => {
  const { body } = await server.ask(await signedIn('admin@demo.test'), listUsers)
  expect(body.results).toHaveLength(PEOPLE.length)
  const agents = PEOPLE.filter(({ role }) => role === 'support_agent')
  const busy = await read(
    'select distinct assigned_to_user_id from crm_support_tickets where assigned_to_user_id is not null',
  )
  expect(busy).toHaveLength(agents.length)
})

test('two demos of one moment tell the same, at whatever hour and season one begins', () => {
  for (const now of ['2027-01-03T03:00:00.000Z', '2026-03-29T11:30:00.000Z', '2026-07-18T21:59:59.999Z']) {
    const steps = planSteps(now)
    expect(planSteps(now)).toEqual(steps)
    expect(new Set(steps.map(({ life }) => life)).size).toBe(300)
    expect(steps.every(({ at }) => at <= now)).toBe(true)
  }
})

async function signedIn(email: string) {
  const [member] = await membershipsByEmail(server.database, email)
  if (!member) throw new Error(`${email} is no member.`)
  return await server.identity.issueToken(member, { ttl: 60 })
}

async function read<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await server.owner.query<Row>(text, values)).rows
}

async function count(text: string): Promise<Map<string, number>> {
  return new Map((await read<{ name: string; count: number }>(text)).map((row) => [row.name, row.count]))
}
