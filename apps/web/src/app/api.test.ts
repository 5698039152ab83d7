import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createActivity, listTickets, readTicket } from '@tessera/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addressOf, call } from './api.ts'
import { ApiError } from './http.ts'
import { forgetToken } from './token.ts'

const ID = '0190a000-0000-7000-8000-000000000001'
const withoutOrigin = globalThis.fetch

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let answer: Answer
let seen: string[]

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

beforeEach(async () => {
  forgetToken()
  seen = []
  let tokens = 0
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
    if (request.url !== '/api/session/token/') return answer(request, response)
    tokens += 1
    json(response, 200, { token: `t${tokens}`, expires_at: new Date(Date.now() + 900_000).toISOString() })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  // A page has an origin and Node.js has none: paths are told where the server is.
  globalThis.fetch = (address, init) => withoutOrigin(`http://127.0.0.1:${port}${address}`, init)
})

afterEach(async () => {
  globalThis.fetch = withoutOrigin
  await new Promise((closed) => server.close(closed))
})

test('simultaneous calls share one token', async () => {
  answer = (_, response) => json(response, 200, { results: [] })
  await Promise.all([call(listTickets), call(listTickets, { query: { ticket_status: ['new'] } })])
  expect(seen.filter((line) => line.includes('/session/token/'))).toHaveLength(1)
  expect(seen).toContain('GET /api/support-tickets/?ticket_status=new Bearer t1')
})

test('a token that is refused is renewed once and the call repeated', async () => {
  answer = ({ headers }, response) =>
    headers.authorization === 'Bearer t1'
      ? json(response, 401, { error_code: 'unauthenticated', message: 'expired', details: {} })
      : json(response, 200, { id: ID })
  await expect(call(readTicket, { params: { id: ID } })).resolves.toEqual({ id: ID })
})

test('a refusal tells its code, its status and each field that is wrong', async () => {
  const refusal = { error_code: 'validation_failed', message: 'no', details: { activity_description: ['is required'] } }
  answer = (_, response) => json(response, 400, refusal)
  const body = { ticket_id: ID, activity_type: 'note', activity_description: 'x' } as const
  const error = await call(createActivity, { body }).catch((failure: unknown) => failure)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ error_code: 'validation_failed', status: 400, details: refusal.details })
})

test('an answer that is not ours and no answer at all are told apart', async () => {
  answer = (_, response) => response.writeHead(502).end('<html>')
  await expect(call(listTickets)).rejects.toMatchObject({ error_code: 'unavailable', status: 502 })
  answer = (request) => request.destroy()
  await expect(call(listTickets)).rejects.toMatchObject({ error_code: 'unreachable', status: 0 })
})

test('what fills a path cannot leave it', () => {
  expect(addressOf('/api/support-tickets/:id/', { params: { id: '../me' } })).toBe('/api/support-tickets/..%2Fme/')
})
