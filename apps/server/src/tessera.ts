import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { activityRoutes } from './activities/index.ts'
import { agentRoutes } from './agents/index.ts'
import { auditRoutes } from './audit/index.ts'
import { customerRoutes } from './customers/index.ts'
import { type Identity, openIdentity } from './identity/index.ts'
import { inboxRoutes } from './inboxes/index.ts'
import { openHub } from './live/index.ts'
import { mailJobs, mailRoutes } from './mail/index.ts'
import { outboxJobs, outboxRoutes } from './outbox/index.ts'
import type { Clock } from './platform/clock.ts'
import { type Db, openPool } from './platform/db/index.ts'
import { createHttp, healthRoutes, type Server, serveWebApp } from './platform/http/index.ts'
import type { JobHandlers } from './platform/jobs/index.ts'
import type { Logger } from './platform/log.ts'
import type { MailTransport } from './platform/mail-transport/index.ts'
import { openSignals } from './platform/signals.ts'
import { tenantRoutes } from './tenants/index.ts'
import { ticketRoutes } from './tickets/index.ts'

export interface TesseraOptions {
  /** Of a migrated database, as the user who owns its schema. */
  databaseUrl: string
  appUrl: string | undefined
  /** 32 bytes. */
  secretKey: Buffer
  /** Null: mail is kept in the local outbox. */
  transport: MailTransport | null
  clock: Clock
  log: Logger
}

/** All of Tessera, wired together and not yet listening: `main.ts` and the tests start from the same. */
export interface Tessera {
  readonly http: FastifyInstance
  readonly database: Db
  readonly identity: Identity
  readonly handlers: JobHandlers
  /** Connections of the schema's owner, for the job queue. */
  readonly owner: pg.Pool
  close(): Promise<void>
}

const WEB_APP = resolve(import.meta.dirname, '../../web/dist')
const POOL = { app: 12, system: 4, owner: 6 } as const

export async function openTessera(options: TesseraOptions): Promise<Tessera> {
  const { databaseUrl: url, appUrl, secretKey, transport, clock, log } = options
  const signals = await openSignals(url, log)
  const database: Db = {
    app: openPool({ url, role: 'tessera_app', max: POOL.app, log }),
    system: openPool({ url, role: 'tessera_system', max: POOL.system, log }),
    clock,
    signals,
  }
  const owner = openPool({ url, role: null, max: POOL.owner, log })
  const identity = await openIdentity({ appUrl, secretKey, databaseUrl: url, database, log })
  const http = await createHttp(log)
  const server: Server = { http, database, authenticate: identity.authenticate }
  healthRoutes(http, database)
  identity.routes(server)
  for (const routes of [
    tenantRoutes,
    agentRoutes,
    customerRoutes,
    inboxRoutes,
    ticketRoutes,
    activityRoutes,
    mailRoutes,
    outboxRoutes,
    auditRoutes,
  ]) {
    routes(server)
  }
  await serveWebApp(http, WEB_APP)
  const hub = await openHub({ http, database, authenticate: identity.authenticate, log })
  http.addHook('preClose', () => hub.close())
  return {
    http,
    database,
    identity,
    handlers: { ...mailJobs({ database, secretKey, log }), ...outboxJobs({ database, secretKey, transport, log }) },
    owner,
    async close() {
      await http.close()
      await identity.close()
      await signals.close()
      await Promise.all([database.app.end(), database.system.end(), owner.end()])
    },
  }
}
