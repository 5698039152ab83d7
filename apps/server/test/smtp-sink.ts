import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface SunkMessage {
  envelope: { from: string; to: string[] }
  raw: string
  parsed: ParsedMail
}

/**
 * The SMTP code to refuse with; undefined takes it. `address` is the sender for MAIL, a recipient for RCPT, '' for DATA,
 * which is asked once the whole message is there.
 */
export type Reject = (
  command: 'MAIL' | 'RCPT' | 'DATA',
  address: string,
) => number | undefined | Promise<number | undefined>

export interface SmtpSinkOptions {
  reject?: Reject
  /** Absent: any free port. */
  port?: number
}

export interface SmtpSink {
  /** Ready to be an SMTP_URL. */
  readonly url: string
  readonly port: number
  /** What arrived, in order; a message is here before its client is told 250. */
  readonly messages: readonly SunkMessage[]
  /** The first message, come or to come, of which `predicate` holds. Rejects after `timeout` milliseconds. */
  waitFor(predicate: (message: SunkMessage) => boolean, timeout?: number): Promise<SunkMessage>
  close(): Promise<void>
}

const PATIENCE_MS = 10_000

/** A real SMTP server on the loopback address that keeps what it is sent, in place of the world's mailboxes. */
export async function startSmtpSink({ reject = () => undefined, port = 0 }: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const messages: SunkMessage[] = []
  const waiting = new Set<(message: SunkMessage) => void>()

  async function refusal(...asked: Parameters<Reject>): Promise<Error | null> {
    const responseCode = await reject(...asked)
    return responseCode === undefined ? null : Object.assign(new Error('The sink was told to refuse'), { responseCode })
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onMailFrom: ({ address }, _session, answer) => void refusal('MAIL', address).then(answer, answer),
    onRcptTo: ({ address }, _session, answer) => void refusal('RCPT', address).then(answer, answer),
    onData(stream, { envelope }, answer) {
      const recipients = envelope.rcptTo.map(({ address }) => address)
      const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      keep({ from: sender, to: recipients }).then(answer, answer)

      async function keep(addresses: SunkMessage['envelope']): Promise<Error | null> {
        const raw = await buffer(stream)
        const refused = await refusal('DATA', '')
        if (refused) return refused
        const message = { envelope: addresses, raw: raw.toString('utf8'), parsed: await simpleParser(raw) }
        messages.push(message)
        for (const tell of waiting) tell(message)
        return null
      }
    },
  })
  await new Promise<void>((resolve, fail) => {
    server.on('error', fail)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.server.address() as AddressInfo).port

  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    messages,
    waitFor(predicate, timeout = PATIENCE_MS) {
      const known = messages.find(predicate)
      if (known) return Promise.resolve(known)
      return new Promise((resolve, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          const seen = messages.map(({ parsed }) => parsed.subject ?? '(no subject)').join('; ') || 'none'
          fail(new Error(`No such message within ${timeout} ms; those that came: ${seen}`))
        }, timeout)
        function look(message: SunkMessage): void {
          if (!predicate(message)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(message)
        }
        waiting.add(look)
      })
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
