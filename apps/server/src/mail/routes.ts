import { listMailMessages, readMailMessage, readRawMailMessage } from '@tessera/contract'
import { type Server, serve } from '../platform/http/index.ts'
import { ledgerPage, readMessage, readRawMessage } from './queries.ts'

export function mailRoutes(server: Server): void {
  serve(server, listMailMessages, ({ tx, query }) => ledgerPage(tx, query))
  serve(server, readMailMessage, ({ tx, params }) => readMessage(tx, params.id))
  // Saved to a file, never shown: a browser must not run what a stranger wrote.
  server.http.register(async (http) => {
    http.addHook('onSend', async (_request, response) => {
      if (response.statusCode === 200) response.header('content-disposition', 'attachment; filename="message.eml"')
    })
    serve({ ...server, http }, readRawMailMessage, ({ tx, params }) => readRawMessage(tx, params.id))
  })
}
