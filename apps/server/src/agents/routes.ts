import { listUsers } from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { userPage } from './queries.ts'

export function agentRoutes(server: Server): void {
  serve(server, listUsers, ({ tx, query }) => userPage(tx, query))
}
