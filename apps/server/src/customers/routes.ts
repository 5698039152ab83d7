import { listCustomers } from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { customerPage } from './queries.ts'

export function customerRoutes(server: Server): void {
  serve(server, listCustomers, ({ tx, query }) => customerPage(tx, query))
}
