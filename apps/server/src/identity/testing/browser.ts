import { randomBytes } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { totp } from './totp.ts'

/** A browser on one of our pages, on a machine of its own: keeps cookies, and says where it is as browsers do. */
export function browser(http: FastifyInstance, origin = 'http://localhost:80') {
  const cookies = new Map<string, string>()
  const remoteAddress = `10.${[...randomBytes(3)].join('.')}`

  async function send(
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await http.inject({
      method,
      url,
      remoteAddress,
      ...(payload && { payload }),
      headers: { ...(cookie && { cookie }), ...(method === 'POST' && { origin }), ...headers },
    })
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return response
  }

  return {
    cookies,
    get: (url: string, headers?: Record<string, string>) => send('GET', url, undefined, headers),
    post: (url: string, payload?: object, headers?: Record<string, string>) => send('POST', url, payload, headers),
    signIn: (email: string, password: string) => send('POST', '/api/auth/sign-in/email', { email, password }),
    /** Enrols an authenticator app and returns its `otpauth:` address with the recovery codes. */
    async enrol(password: string): Promise<{ totpURI: string; backupCodes: string[] }> {
      const enrolment = (await send('POST', '/api/auth/two-factor/enable', { password })).json()
      await this.verify(totp(enrolment.totpURI))
      return enrolment
    },
    verify: (code: string) => send('POST', '/api/auth/two-factor/verify-totp', { code }),
    token: (headers?: Record<string, string>) => send('POST', '/api/session/token/', undefined, headers),
  }
}
