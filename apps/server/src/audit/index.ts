import { listEvents as listEventsRoute } from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { listEvents } from './list-events.ts'

export function auditRoutes(server: Server): void {
  serve(server, listEventsRoute, ({ tx, query }) => listEvents(tx, query))
}
