/** The SMTP server did not take a mail. The message is one sentence an administrator understands. */
export class HandOverError extends Error {
  /** The same mail would be refused again; otherwise a later try may well succeed. */
  readonly permanent: boolean

  constructor(message: string, permanent: boolean, cause: unknown) {
    super(message, { cause })
    this.name = 'HandOverError'
    this.permanent = permanent
  }
}

/** What nodemailer tells of a failure. */
export interface SmtpFailure extends Error {
  code?: string | undefined
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
  rejectedErrors?: readonly RefusedRecipient[] | undefined
}

export interface RefusedRecipient {
  recipient?: string | undefined
  response?: string | undefined
}

const MOST_CHARACTERS = 1_000
const AUTHENTICATION_REQUIRED = 530
const TOO_LARGE = 552

export function handOverError(failure: SmtpFailure): HandOverError {
  return new HandOverError(inWords(failure).slice(0, MOST_CHARACTERS), isPermanent(failure), failure)
}

export function refusals(refused: readonly RefusedRecipient[]): string {
  const each = refused.map(({ recipient = 'a recipient', response = 'refused' }) => `${recipient} (${response})`)
  return `The mail server refused ${each.join(', ')}.`.slice(0, MOST_CHARACTERS)
}

function inWords({ message, code, response, rejectedErrors }: SmtpFailure): string {
  if (rejectedErrors && rejectedErrors.length > 0) return refusals(rejectedErrors)
  if (code === 'EAUTH') return `The mail server refused to sign us in: ${response ?? message}`
  if (response) return `The mail server refused the mail: ${response}`
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return `The mail cannot be sent: ${message}`
  return `The mail server could not be reached, or broke off: ${message}`
}

/**
 * A 5yz reply (RFC 5321, section 4.2.1) to the recipients or to the message itself is final. One to the connection, to
 * our sign-in or to our sender speaks of this installation's settings, which somebody can put right: no reason to lose
 * a mail.
 */
function isPermanent({ code, command, responseCode }: SmtpFailure): boolean {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  if (responseCode === undefined) return true
  if (responseCode < 500 || responseCode === AUTHENTICATION_REQUIRED) return false
  return command !== 'MAIL FROM' || responseCode === TOO_LARGE
}
