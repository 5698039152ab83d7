import type { APIRequestContext, Page } from '@playwright/test'
import { createTransport } from 'nodemailer'
import { totp } from '../apps/server/src/identity/testing/totp.ts'
import type { SunkMessage } from '../apps/server/test/smtp-sink.ts'
import type { Installation } from './installation.ts'

export const COMPANY = { name: 'Northwind Coffee', time_zone: 'Europe/Berlin' }
export const INBOX = { name: 'Support', address: 'support@northwind.test' }
export const ADMINISTRATOR = {
  full_name: 'Ada Lindqvist',
  email: 'ada@northwind.test',
  password: 'plenty of coffee, black',
}

/** The six digits that an authenticator app shows for a key. */
export function codeFor(secret: string): string {
  return totp(`otpauth://totp/Tessera?secret=${secret}`)
}

/** Six digits that are wrong now, a moment ago and in a moment. */
export function wrongCodeFor(secret: string): string {
  const near = [-60, -30, 0, 30, 60].map((s) => totp(`otpauth://totp/Tessera?secret=${secret}`, Date.now() + s * 1000))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '666666'
}

/**
 * Sets the installation up and signs its administrator in without a browser, for journeys that begin later. The answer
 * is the key of the second factor; the context keeps the session.
 */
export async function setUp({ setupLink }: Installation, request: APIRequestContext): Promise<string> {
  const token = new URLSearchParams(new URL(setupLink).hash.slice(1)).get('token')
  await post(request, '/api/setup/', { token, company: COMPANY, administrator: ADMINISTRATOR, inbox: INBOX })
  return enrol(request, ADMINISTRATOR)
}

/** The first sign-in of somebody who has a password; the key of their second factor. */
export async function enrol(
  request: APIRequestContext,
  { email, password }: { email: string; password: string },
): Promise<string> {
  await post(request, '/api/auth/sign-in/email', { email, password })
  const { totpURI } = await post(request, '/api/auth/two-factor/enable', { password })
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  await post(request, '/api/auth/two-factor/verify-totp', { code: codeFor(secret) })
  return secret
}

async function post(request: APIRequestContext, path: string, data: object) {
  const response = await request.post(path, { data })
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`)
  return response.json()
}

export async function enterCode(page: Page, code: string, submit: string): Promise<void> {
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('button', { name: submit }).click()
}

export interface Letter {
  subject: string
  text: string
  to?: string
  in_reply_to?: string
  references?: string[]
}

export interface Customer {
  readonly full_name: string
  readonly address: string
  /** Hands a mail to Tessera as the customer's mail server would; its Message-ID. */
  write(letter: Letter): Promise<string>
  /** The first mail to the customer, come or to come, whose text holds these words. */
  receives(words: string): Promise<SunkMessage>
}

/** Somebody out there with a mail program. */
export function customer({ smtpPort, sink }: Installation, full_name: string): Customer {
  const address = `${full_name.toLowerCase().replaceAll(' ', '.')}@customer.test`
  return {
    full_name,
    address,
    async write({ to = INBOX.address, subject, text, in_reply_to, references }) {
      const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
      const { messageId } = await transport.sendMail({
        from: { name: full_name, address },
        to,
        subject,
        text,
        ...(in_reply_to && { inReplyTo: in_reply_to }),
        ...(references && { references }),
      })
      transport.close()
      return messageId
    },
    receives: (words) =>
      sink.waitFor(({ envelope, parsed }) => envelope.to.includes(address) && (parsed.text ?? '').includes(words)),
  }
}
