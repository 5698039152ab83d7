import { readMe } from '@tessera/contract'
import { describe, expect, test, vi } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { browser } from './testing/browser.ts'
import { hire, trail } from './testing/person.ts'
import { totp } from './testing/totp.ts'

const server = useTestServer()

/** Somebody with a second factor, and the browser they enrolled in. */
async function enrolled() {
  const person = await hire(server)
  const home = browser(server.http)
  await home.signIn(person.email, person.password)
  const { totpURI, backupCodes } = await home.enrol(person.password)
  return { ...person, home, totpURI, backupCodes }
}

describe('the first sign-in', () => {
  test('a password alone gives no token until a second factor is enrolled', async () => {
    const { email, password } = await hire(server)
    const page = browser(server.http)
    expect((await page.signIn(email.toUpperCase(), password)).statusCode).toBe(200)
    expect((await page.token()).json()).toMatchObject({ error_code: 'mfa_enrolment_required' })

    const { backupCodes } = await page.enrol(password)
    expect(backupCodes).toHaveLength(10)
    const answer = await page.token()
    expect(answer.statusCode).toBe(200)
    const me = await server.ask(answer.json(), readMe)
    expect(me.body.user).toMatchObject({ email, role: 'support_agent' })
    expect(me.body.company).toMatchObject({ name: 'Acme', time_zone: 'Europe/Berlin' })
  })

  test('a session that was opened with the password alone ends when the person enrols elsewhere', async () => {
    const { email, password } = await hire(server)
    const intruder = browser(server.http)
    await intruder.signIn(email, password)
    const page = browser(server.http)
    await page.signIn(email, password)
    await page.enrol(password)

    expect((await page.token()).statusCode).toBe(200)
    expect((await intruder.token()).json()).toMatchObject({ error_code: 'unauthenticated' })
    expect((await intruder.post('/api/auth/two-factor/disable', { password })).statusCode).toBe(401)
  })
})

describe('signing in', () => {
  test('a known browser or a new one, the code is asked for every time', async () => {
    const { email, password, totpURI } = await enrolled()
    const page = browser(server.http)
    expect((await page.signIn(email, password)).json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    expect((await page.token()).json()).toMatchObject({ error_code: 'unauthenticated' })

    expect((await page.verify('000000')).json()).toMatchObject({ code: 'INVALID_CODE' })
    expect((await page.verify(totp(totpURI))).statusCode).toBe(200)
    expect((await page.token()).statusCode).toBe(200)
  })

  test('a recovery code stands in for the app, once', async () => {
    const { email, password, backupCodes } = await enrolled()
    const [code] = backupCodes
    const page = browser(server.http)
    await page.signIn(email, password)
    expect((await page.post('/api/auth/two-factor/verify-backup-code', { code })).statusCode).toBe(200)
    expect((await page.token()).statusCode).toBe(200)

    const again = browser(server.http)
    await again.signIn(email, password)
    expect((await again.post('/api/auth/two-factor/verify-backup-code', { code })).statusCode).toBe(401)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await hire(server)
    const page = browser(server.http)
    const wrong = await page.signIn(email, 'not my password')
    const unknown = await page.signIn('nobody@example.test', 'not my password')
    expect(wrong.statusCode).toBe(401)
    expect([unknown.statusCode, unknown.body]).toEqual([wrong.statusCode, wrong.body])
  })

  test('a wrong password is told to the company whose member’s account was tried', async () => {
    const person = await hire(server)
    await browser(server.http).signIn(person.email, 'not my password')
    const failures = async () => (await trail(server, person)).filter(({ event }) => event === 'user.sign_in_failed')
    await vi.waitUntil(async () => (await failures()).length === 1)
    expect(await failures()).toMatchObject([{ ip_address: expect.stringMatching(/^10\./) }])
  })

  test('signing out ends the session, also for who kept its cookie', async () => {
    const { home } = await enrolled()
    const kept = new Map(home.cookies)
    expect((await home.post('/api/auth/sign-out', {})).statusCode).toBe(200)
    for (const [name, value] of kept) home.cookies.set(name, value)
    expect((await home.token()).json()).toMatchObject({ error_code: 'unauthenticated' })
  })

  test('every sign-in and enrolment is in the audit trail, by the person and with their address', async () => {
    const { email, password, totpURI, ...person } = await enrolled()
    const page = browser(server.http)
    await page.signIn(email, password)
    const before = await trail(server, person)
    await page.verify(totp(totpURI))

    const acts = await trail(server, person)
    const names = acts.map(({ event }) => event).filter((event) => /signed_in|mfa/.test(event))
    expect(names).toEqual(['user.signed_in', 'user.mfa_enrolled', 'user.signed_in'])
    expect(acts).toHaveLength(before.length + 1)
    expect(acts.at(-1)).toMatchObject({ actor_user_id: person.user_id, ip_address: expect.stringMatching(/^10\./) })
  })
})

describe('guessing', () => {
  test('one address may try thirty times a minute, whatever headers it makes up', async () => {
    const page = browser(server.http)
    const attempts = Array.from({ length: 31 }, (_, index) =>
      page.post(
        '/api/auth/sign-in/email',
        { email: 'no address', password: 'x' },
        {
          'x-forwarded-for': `192.0.2.${index}`,
          'x-tessera-client-ip': `192.0.2.${index}`,
        },
      ),
    )
    const statuses = (await Promise.all(attempts)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 400)).toHaveLength(30)
    const refused = await page.signIn('ada@example.test', 'x')
    expect(refused.statusCode).toBe(429)
    expect(refused.json().message).toMatch(/try again later/)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await browser(server.http).signIn('ada@example.test', 'x')).statusCode).toBe(401)
  })

  test('ten wrong codes lock the second factor for a while, even against the right one', async () => {
    const { email, password, totpURI } = await enrolled()
    for (let challenge = 0; challenge < 2; challenge++) {
      const guesser = browser(server.http)
      await guesser.signIn(email, password)
      for (let attempt = 0; attempt < 5; attempt++) expect((await guesser.verify('000000')).statusCode).toBe(401)
    }
    const page = browser(server.http)
    await page.signIn(email, password)
    const answer = await page.verify(totp(totpURI))
    expect(answer.statusCode).toBe(429)
    expect(answer.json()).toMatchObject({
      code: 'ACCOUNT_TEMPORARILY_LOCKED',
      message: expect.stringMatching(/locked/),
    })
  })
})

describe('what is not there', () => {
  test.each([
    ['POST', '/api/auth/sign-up/email'],
    ['GET', '/api/auth/token'],
    ['POST', '/api/auth/sign-in/social'],
    ['POST', '/api/auth/request-password-reset'],
    ['POST', '/api/auth/change-email'],
    ['POST', '/api/auth/delete-user'],
    ['POST', '/api/auth/update-user'],
    ['POST', '/api/auth/two-factor/send-otp'],
    ['POST', '/api/auth/sign-jwt'],
  ] as const)('%s %s', async (method, url) => {
    const body = { email: 'new@example.test', password: 'correct horse battery', name: 'New' }
    const page = browser(server.http)
    const answer = method === 'GET' ? await page.get(url) : await page.post(url, body)
    expect(answer.statusCode).toBe(404)
  })

  test('no answer carries a token but the one of the token route', async () => {
    const { home } = await enrolled()
    const session = await home.get('/api/auth/get-session')
    expect(session.json()).toMatchObject({ user: { twoFactorEnabled: true } })
    expect(session.headers).not.toHaveProperty('set-auth-jwt')
    expect(session.headers['cache-control']).toBe('no-store')
  })
})
