import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { handOverError, type RefusedRecipient, refusals, type SmtpFailure } from './hand-over-error.ts'

export interface Mailbox {
  name: string
  address: string
}

/** A mail, settled to the last header, so that a second hand-over is the same to the byte. */
export interface OutgoingMail {
  /** With its angle brackets. */
  message_id: string
  /** ISO 8601. */
  date: string
  from: Mailbox
  reply_to: Mailbox
  to: readonly string[]
  cc: readonly string[]
  subject: string
  in_reply_to: string | null
  references: readonly string[]
  /** Further headers by name. */
  headers: Readonly<Record<string, string>>
  text: string
}

export interface HandedOver {
  /** Which recipients the server refused, in words, while it took the mail for the others; null where it took all. */
  refused: string | null
}

export interface MailTransport {
  /**
   * Resolves once the SMTP server has taken responsibility for the mail (its 250 after DATA).
   * @throws {HandOverError} where it took it for nobody, or where it is unknown whether it did.
   */
  send(mail: OutgoingMail): Promise<HandedOver>
  /** Connects and signs in. @throws {HandOverError} */
  verify(): Promise<void>
  /** Takes no more mail, gives those under way five seconds, then breaks them off: they fail as temporary. */
  close(): Promise<void>
}

const CONNECT_MS = 15_000
const GREETING_MS = 30_000
/**
 * RFC 5321, section 4.5.3.2.6: a client must wait ten minutes for the reply to the final dot. Who gives up earlier sends
 * the mail twice, since the server may have taken it.
 */
const SILENCE_MS = 10 * 60_000
const CLOSE_MS = 5_000
const MAX_CONNECTIONS = 5

/**
 * Connections to the SMTP server of `SMTP_URL`, kept open between mails. `smtps:` speaks TLS from the start, `smtp:`
 * as soon as the server offers it; query parameters of the address are options of nodemailer (`?tls.servername=…`).
 */
export function openMailTransport(smtpUrl: string): MailTransport {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const underWay = new Set<Promise<HandedOver>>()

  async function handOver(mail: OutgoingMail): Promise<HandedOver> {
    const to = mail.to.map(nameless)
    const cc = mail.cc.map(nameless)
    const { rejectedErrors = [] } = await transporter
      .sendMail({
        envelope: { from: mail.from.address, to: [...to, ...cc] },
        messageId: mail.message_id,
        date: new Date(mail.date),
        from: mail.from,
        replyTo: mail.reply_to,
        to,
        cc,
        subject: mail.subject,
        ...(mail.in_reply_to && { inReplyTo: mail.in_reply_to }),
        references: [...mail.references],
        headers: { ...mail.headers },
        text: mail.text,
      })
      .catch(fail)
    return { refused: rejectedErrors.length > 0 ? refusals(rejectedErrors satisfies RefusedRecipient[]) : null }
  }

  return {
    async send(mail) {
      const sending = handOver(mail)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    async verify() {
      await transporter.verify().catch(fail)
    },
    async close() {
      const patience = new AbortController()
      const over = pause(CLOSE_MS, undefined, { signal: patience.signal }).catch(() => undefined)
      await Promise.race([Promise.allSettled(underWay), over])
      patience.abort()
      transporter.close({ force: true })
    },
  }
}

/** As an object, an address is taken as it is; as text it would be parsed, and might turn out to be several. */
function nameless(address: string): Mailbox {
  return { name: '', address }
}

function fail(failure: SmtpFailure): never {
  throw handOverError(failure)
}
