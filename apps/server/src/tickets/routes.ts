import * as contract from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { assignTicket } from './assign-ticket.ts'
import { lockVisibleTicket, requireVersion } from './find-ticket.ts'
import { listTickets } from './list-tickets.ts'
import { openTicket } from './open-ticket.ts'
import { readTicket } from './read-ticket.ts'
import { updateTicket } from './update-ticket.ts'

const WHOLE = { include_activities: true, include_communication: true }

export function ticketRoutes(server: Server): void {
  serve(server, contract.listTickets, ({ tx, actor, query }) => listTickets(tx, actor, query))

  serve(server, contract.createTicket, async ({ tx, actor, body }) => {
    const { id } = await openTicket(tx, actor, body)
    return await readTicket(tx, actor, id, WHOLE)
  })

  serve(server, contract.readTicket, ({ tx, actor, params, query }) => readTicket(tx, actor, params.id, query))

  serve(server, contract.updateTicket, async ({ tx, actor, params, body }) => {
    const { changes } = await updateTicket(tx, actor, params.id, body)
    return { ticket: await readTicket(tx, actor, params.id, WHOLE), changes }
  })

  serve(server, contract.assignTicket, async ({ tx, actor, params, body }) => {
    const ticket = await lockVisibleTicket(tx, actor, params.id)
    requireVersion(ticket, body.version)
    const { assigned_to } = await assignTicket(tx, actor, ticket, body.assigned_to_user_id)
    return { ticket: await readTicket(tx, actor, params.id, WHOLE), assignment: { assigned_to } }
  })
}
