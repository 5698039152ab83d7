import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { cloneDatabase } from '../../../test/database.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Db, openPool } from '../../platform/db/index.ts'
import { createHttp } from '../../platform/http/index.ts'
import { createLog } from '../../platform/log.ts'
import { openSignals } from '../../platform/signals.ts'
import { type Identity, openIdentity } from '../index.ts'

export interface IdentityServer {
  url: string
  http: FastifyInstance
  database: Db
  identity: Identity
  /** Moves the server's clock, in milliseconds. */
  travel(ms: number): void
  close(): Promise<void>
}

/** A server of identity alone, on a database of its own. */
export async function startIdentityServer(appUrl?: string): Promise<IdentityServer> {
  const { url, drop } = await cloneDatabase()
  const log = createLog('silent')
  let ahead = 0
  const database: Db = {
    app: openPool({ url, role: 'tessera_app', max: 10, log }),
    system: openPool({ url, role: 'tessera_system', max: 5, log }),
    clock: { now: () => (ahead === 0 ? systemClock.now() : new Date(Date.now() + ahead).toISOString()) },
    signals: await openSignals(url, log),
  }
  const options = { appUrl, databaseUrl: url, secretKey: randomBytes(32), database, log }
  const identity = await openIdentity(options)
  const http = await createHttp(log)
  identity.routes({ http, database, authenticate: identity.authenticate })
  return {
    url,
    http,
    database,
    identity,
    travel(ms) {
      ahead += ms
    },
    async close() {
      await http.close()
      await identity.close()
      await database.signals.close()
      await Promise.all([database.app.end(), database.system.end()])
      await drop()
    },
  }
}
