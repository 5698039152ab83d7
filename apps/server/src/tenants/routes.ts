import { readSetup, completeSetup as setupRoute } from '@tessera/contract'
import { type Server, serveOpen } from '../platform/http/index.ts'
import { completeSetup } from './setup.ts'
import { isSetupRequired } from './setup-token.ts'

export function tenantRoutes(server: Pick<Server, 'http' | 'database'>): void {
  const { database } = server
  serveOpen(server, readSetup, async () => ({ required: await isSetupRequired(database) }))
  serveOpen(server, setupRoute, ({ body, request }) =>
    completeSetup(database, body, { request_id: request.id, ip_address: request.ip }),
  )
}
