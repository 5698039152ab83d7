import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { totp } from './totp.ts'

/** A browser on one of our pages: keeps cookies, and says where it is as browsers do. */
export function browser(http: FastifyInstance, origin = 'http://localhost:80') {
  const cookies = new Map<string, string>()

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
      await send('POST', '/api/auth/two-factor/verify-totp', { code: totp(enrolment.totpURI) })
      return enrolment
    },
    token: () => send('POST', '/api/session/token/'),
  }
}

export type Browser = ReturnType<typeof browser>
