import { describe, expect, it } from 'vitest'
import { useTestServer } from './harness.ts'

const server = useTestServer()

describe('a request that cannot be understood gets the documented error', () => {
  it.for([
    ['JSON that is none', { payload: '{"subject":', type: 'application/json' }, 400, 'bad_request'],
    ['a form', { payload: 'subject=x', type: 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    [
      'a body without end',
      { payload: `"${'x'.repeat(2_000_000)}"`, type: 'application/json' },
      413,
      'payload_too_large',
    ],
    ['a list for an object', { payload: '[]', type: 'application/json' }, 400, 'validation_failed'],
  ] as const)('%s', async ([, { payload, type }, status, error_code]) => {
    const { agent } = await server.company()
    const response = await server.http.inject({
      method: 'POST',
      url: '/api/support-tickets/',
      headers: { authorization: `Bearer ${agent.token}`, 'content-type': type },
      payload,
    })
    expect(response.statusCode).toBe(status)
    expect(response.json()).toEqual({ error_code, message: expect.any(String), details: expect.any(Object) })
  })

  it('an address of the API that there is not', async () => {
    const response = await server.http.inject({ url: '/api/nothing/' })
    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ error_code: 'not_found' })
  })

  it('an id that is none, with the parameter named', async () => {
    const { agent } = await server.company()
    const response = await server.http.inject({
      url: '/api/support-tickets/42/',
      headers: { authorization: `Bearer ${agent.token}` },
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ details: { id: ['must match format "uuid"'] } })
  })
})

describe('every answer', () => {
  it('is the same with and without the trailing slash', async () => {
    const { agent } = await server.company()
    const headers = { authorization: `Bearer ${agent.token}` }
    const bodies = []
    for (const url of ['/api/inboxes', '/api/inboxes/'])
      bodies.push((await server.http.inject({ url, headers })).json())
    expect(bodies[0]).toEqual(bodies[1])
    expect(bodies[0].results).toHaveLength(1)
  })

  it('names its request and forbids what a page need not do', async () => {
    const { headers } = await server.http.inject({ url: '/healthz' })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('who watches over it', () => {
  it('is told that it lives, that it is ready, and how fast it answers', async () => {
    expect((await server.http.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
    expect((await server.http.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready' })
    const { body } = await server.http.inject({ url: '/metrics' })
    expect(body).toContain('tessera_http_request_seconds_count{method="GET",route="/healthz",status="200"}')
  })
})
