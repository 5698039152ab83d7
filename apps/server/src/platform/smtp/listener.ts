import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { listenError } from '../listen-error.ts'
import type { Logger } from '../log.ts'
import { openMessageBudget, readMessage, SmtpRefusal } from './read-message.ts'

/** One message as it came in, before anything was understood of it. */
export interface SmtpMessage {
  /** The whole MIME source, byte for byte. */
  readonly raw: Buffer
  /** Empty for the null sender of a bounce. */
  readonly envelope_from: string
  /** Only accepted recipients, as the client wrote them. */
  readonly envelope_to: readonly string[]
  /** The IP address of the client. */
  readonly peer: string
}

export interface SmtpListenerOptions {
  host: string
  /** 0: any free port. */
  port: number
  /** The largest message, in bytes: told to the client, and kept to. */
  maxBytes: number
  log: Logger
  /** Whether mail for this address belongs here. A rejection asks the client to try again later. */
  accept(recipient: string): Promise<'ok' | 'unknown'>
  /** Resolves once the message is durable: only then is the client told 250. A rejection tells it to try again. */
  receive(message: SmtpMessage): Promise<void>
}

export interface SmtpListener {
  readonly port: number
  /** Takes no more connections, gives messages under way three seconds to end, then closes. */
  close(): Promise<void>
}

const MAX_CONNECTIONS = 200
const MAX_RECIPIENTS = 100
const MAX_COMMAND_BYTES = 4096
const IDLE_MS = 60_000
const CLOSE_MS = 3_000
/** Those who trickle a message byte by byte are never idle, so the whole of DATA has its own limit. */
const DATA_MS = 10 * 60_000
const MIN_BUFFERED_BYTES = 128 * 1024 * 1024

/**
 * An inbound SMTP server, as an MX is: no sign-in, mail for known recipients only (RFC 5321, with SIZE of RFC 1870,
 * 8BITMIME of RFC 6152, SMTPUTF8 of RFC 6531 and enhanced status codes of RFC 2034). A 250 after DATA promises that
 * the message is stored; whatever goes wrong on our side is a 4xx, so that the client keeps the message and tries again.
 * @throws {OperatorError} where the port cannot be taken.
 */
export async function startSmtpListener(options: SmtpListenerOptions): Promise<SmtpListener> {
  const { host, port, maxBytes, log } = options
  const budget = openMessageBudget(Math.max(MIN_BUFFERED_BYTES, 4 * maxBytes))
  let underWay = 0

  async function takeRecipient(address: string): Promise<void> {
    let answer: 'ok' | 'unknown'
    try {
      answer = await options.accept(address)
    } catch (error) {
      log.error({ err: error }, 'a recipient could not be looked up')
      throw new SmtpRefusal(451, 'We cannot look up this recipient at the moment; please try again later.')
    }
    if (answer === 'unknown') throw new SmtpRefusal(550, `There is no mailbox here for ${address}.`)
  }

  async function takeMessage(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { message: raw, release } = await readMessage(stream, { maxBytes, budget, timeoutMs: DATA_MS })
    try {
      const { mailFrom, rcptTo } = session.envelope
      await options.receive({
        raw,
        envelope_from: mailFrom ? mailFrom.address : '',
        envelope_to: rcptTo.map(({ address }) => address),
        peer: session.remoteAddress,
      })
    } catch (error) {
      log.error({ err: error, peer: session.remoteAddress }, 'a message could not be stored; the sender tries again')
      throw new SmtpRefusal(451, 'The message could not be stored at the moment; please try again later.')
    } finally {
      release()
    }
  }

  const server = new SMTPServer({
    size: maxBytes,
    rejectOversized: true,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS', 'HELP', 'WIZ', 'SHELL', 'KILL'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    // An address that some lenient sender uses is better refused by its recipient's absence than by its grammar.
    lenientAddressParsing: true,
    maxClients: MAX_CONNECTIONS,
    maxRecipients: MAX_RECIPIENTS,
    maxCommandLength: MAX_COMMAND_BYTES,
    socketTimeout: IDLE_MS,
    onRcptTo: ({ address }, _session, answer) => {
      takeRecipient(address).then(() => answer(), answer)
    },
    onData: (stream, session, answer) => {
      underWay++
      takeMessage(stream, session)
        .finally(() => underWay--)
        .then(() => answer(null, 'The message is stored.'), answer)
    },
  })

  const bound = await listen(server, host, port)
  // What happens on one connection is that connection's end, never the server's.
  server.on('error', (error) => log.info({ err: error }, 'an SMTP connection failed'))
  return {
    port: bound,
    close: () => {
      // Idle clients are not worth waiting for; 0 would mean the library's own half a minute.
      server.options.closeTimeout = underWay > 0 ? CLOSE_MS : 1
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: SMTPServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(
        listenError(error, {
          failure: 'Mail cannot be received',
          host,
          port,
          host_setting: 'SMTP_HOST',
          port_setting: 'SMTP_PORT',
        }),
      )
    server.once('error', fail)
    server.listen({ host, port }, () => {
      server.off('error', fail)
      resolve((server.server.address() as AddressInfo).port)
    })
  })
}
