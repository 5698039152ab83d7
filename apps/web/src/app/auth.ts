import { send } from './http.ts'
import { forgetToken } from './token.ts'

// The endpoints of better-auth 1.7 that the sign-in needs: https://better-auth.com/docs/plugins/2fa

export interface Enrolment {
  totpURI: string
  backupCodes: string[]
}

/** Answers whether a second factor is asked for next. */
export async function signIn(email: string, password: string): Promise<{ second_factor: boolean }> {
  const reply = await post<{ twoFactorRedirect?: boolean }>('sign-in/email', { email, password })
  return { second_factor: reply.twoFactorRedirect === true }
}

/** Used both to finish a sign-in and to prove a fresh enrolment. */
export async function verifyTotp(code: string, trust_device = false): Promise<void> {
  await post('two-factor/verify-totp', { code, trustDevice: trust_device })
}

/** A recovery code works once. */
export async function verifyRecoveryCode(code: string): Promise<void> {
  await post('two-factor/verify-backup-code', { code })
}

export function beginEnrolment(password: string): Promise<Enrolment> {
  return post<Enrolment>('two-factor/enable', { password })
}

export async function signOut(): Promise<void> {
  await post('sign-out', {})
  forgetToken()
}

async function post<T>(endpoint: string, body: unknown): Promise<T> {
  const response = await send(`/api/auth/${endpoint}`, { method: 'POST', body })
  return response.json()
}
