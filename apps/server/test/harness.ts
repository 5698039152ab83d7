import type { Reply, Route } from '@tessera/contract'
import { afterAll, beforeAll } from 'vitest'
import type { Instant } from '../src/platform/clock.ts'
import { deliverEvents } from '../src/platform/events/index.ts'
import { drainJobs } from '../src/platform/jobs/index.ts'
import { createLog } from '../src/platform/log.ts'
import { type MailTransport, openMailTransport } from '../src/platform/mail-transport/index.ts'
import { openTessera, type Tessera } from '../src/tessera.ts'
import { foundCompany, type TestCompany, type TestMember } from './company.ts'
import { cloneDatabase } from './database.ts'

export type { TestCompany, TestMember } from './company.ts'

export interface Answer<Body> {
  status: number
  body: Body
  headers: Record<string, unknown>
}

export interface RequestParts {
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | readonly string[]>
  body?: unknown
  headers?: Record<string, string>
}

export interface TestServer extends Tessera {
  readonly databaseUrl: string
  readonly secretKey: Buffer
  /** Asks a contract route as a member, or as nobody. The body is typed as the route's reply: check `status` first. */
  ask<R extends Route>(as: Pick<TestMember, 'token'> | null, route: R, parts?: RequestParts): Promise<Answer<Reply<R>>>
  company(time_zone?: string): Promise<TestCompany>
  /** Does every job that is due and delivers every event. */
  drain(): Promise<void>
  /** Stops the clock at an instant; `null` lets it run again. */
  setClock(now: Instant | null): void
}

export interface TestOptions {
  smtpUrl?: string
  appUrl?: string
}

/** Tessera on a database of its own, without listening on a port. */
export async function startTestServer({ smtpUrl, appUrl }: TestOptions = {}): Promise<TestServer> {
  const { url, drop } = await cloneDatabase()
  const log = createLog(process.env.TEST_LOG ?? 'silent')
  const secretKey = Buffer.alloc(32, 7)
  let stopped: Instant | null = null
  const transport: MailTransport | null = smtpUrl ? openMailTransport(smtpUrl) : null
  const clock = { now: () => stopped ?? new Date().toISOString() }
  const tessera = await openTessera({ databaseUrl: url, appUrl, secretKey, transport, clock, log })
  await tessera.http.ready()
  const { http, database, handlers, owner } = tessera

  return {
    ...tessera,
    databaseUrl: url,
    secretKey,
    async ask<R extends Route>(as: Pick<TestMember, 'token'> | null, route: R, parts: RequestParts = {}) {
      const response = await http.inject({
        method: route.method,
        url: addressOf(route, parts),
        headers: { ...(as && { authorization: `Bearer ${as.token}` }), ...parts.headers },
        ...(parts.body !== undefined && { payload: parts.body as object }),
      })
      const is_json = String(response.headers['content-type']).startsWith('application/json')
      const body = (is_json ? response.json() : response.rawPayload) as Reply<R>
      return { status: response.statusCode, body, headers: response.headers }
    },
    company: (time_zone) => foundCompany(tessera, time_zone),
    async drain() {
      await drainJobs({ pool: owner, handlers, log })
      while ((await deliverEvents(database)) > 0);
    },
    setClock(now) {
      stopped = now
    },
    async close() {
      await tessera.close()
      await transport?.close()
      await drop()
    },
  }
}

/** The server of a test file, opened before its tests and closed after them. */
export function useTestServer(options?: TestOptions): TestServer {
  const holder = {} as TestServer
  beforeAll(async () => {
    Object.assign(holder, await startTestServer(options))
  })
  afterAll(() => holder.close())
  return holder
}

function addressOf({ path }: Route, { params = {}, query = {} }: RequestParts): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}
