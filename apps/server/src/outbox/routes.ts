import { listOutboundMessages } from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { outboundPage } from './queries.ts'

export function outboxRoutes(server: Server): void {
  serve(server, listOutboundMessages, ({ tx, query }) => outboundPage(tx, query))
}
