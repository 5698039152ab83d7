import { beforeAll, describe, expect, test } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { browser } from './testing/browser.ts'
import { hire } from './testing/person.ts'

describe('a page of another site', () => {
  const server = useTestServer()
  let page: ReturnType<typeof browser>
  beforeAll(async () => {
    const { email, password } = await hire(server)
    page = browser(server.http)
    await page.signIn(email, password)
    await page.enrol(password)
  })

  test.each<[string, Record<string, string>, number]>([
    ['our own page', { origin: 'http://localhost:80' }, 200],
    ['our own page behind TLS', { origin: 'https://localhost:80' }, 200],
    ['our own page that hides its origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    ['another site', { origin: 'https://evil.test' }, 403],
    ['another port', { origin: 'http://localhost:8080' }, 403],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister site', { origin: 'null', 'sec-fetch-site': 'same-site' }, 403],
    ['a page that says nothing of itself', { origin: '' }, 403],
    ['another site that claims to be the same', { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }, 403],
  ])('%s', async (_, headers, status) => {
    expect((await page.token(headers)).statusCode).toBe(status)
  })

  test('cannot sign anybody in or out', async () => {
    const headers = { origin: 'https://evil.test' }
    expect((await page.post('/api/auth/sign-out', {}, headers)).statusCode).toBe(403)
    const credentials = { email: 'ada@example.test', password: 'x' }
    expect((await page.post('/api/auth/sign-in/email', credentials, headers)).statusCode).toBe(403)
    const fresh = browser(server.http)
    expect((await fresh.post('/api/auth/sign-in/email', credentials, headers)).statusCode).toBe(403)
  })

  test('a Host header that names no host is the request’s fault', async () => {
    const answer = await page.get('/api/auth/get-session', { host: 'a b' })
    expect(answer.json()).toMatchObject({ error_code: 'bad_request' })
  })
})

describe('with APP_URL', () => {
  const server = useTestServer({ appUrl: 'https://desk.example.test' })

  test('cookies are for HTTPS alone, hidden from scripts and kept from other sites', async () => {
    const { email, password } = await hire(server)
    const answer = await browser(server.http, 'https://desk.example.test').signIn(email, password)
    expect(answer.statusCode).toBe(200)
    expect(answer.cookies).not.toHaveLength(0)
    for (const cookie of answer.cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    }
  })

  test('only its origin is ours, whatever the Host header says', async () => {
    const { email, password } = await hire(server)
    expect((await browser(server.http, 'http://localhost:80').signIn(email, password)).statusCode).toBe(403)
  })
})
