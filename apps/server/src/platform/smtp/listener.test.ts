import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { createTransport } from 'nodemailer'
import { afterEach, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { OperatorError } from '../settings-errors.ts'
import { type SmtpListener, type SmtpListenerOptions, type SmtpMessage, startSmtpListener } from './listener.ts'

const HOST = '127.0.0.1'
const MAX_BYTES = 64 * 1024

let open: SmtpListener[] = []

afterEach(async () => {
  await Promise.all(open.map((listener) => listener.close()))
  open = []
})

async function listen(options: Partial<SmtpListenerOptions> = {}) {
  const stored: SmtpMessage[] = []
  const listener = await startSmtpListener({
    host: HOST,
    port: 0,
    maxBytes: MAX_BYTES,
    log: createLog('silent'),
    accept: async (recipient) => (recipient.startsWith('support@') ? 'ok' : 'unknown'),
    receive: async (message) => {
      stored.push(message)
    },
    ...options,
  })
  open.push(listener)
  const send = async (envelope: { from: string; to: string[] }, raw: string | Buffer) => {
    const transport = createTransport({ host: HOST, port: listener.port, ignoreTLS: true })
    return await transport.sendMail({ envelope, raw })
  }
  return { port: listener.port, stored, send }
}

/** A client that says exactly what it is told to, for what a well-behaved one would never say. */
async function dial(port: number) {
  const socket: Socket = connect(port, HOST)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  async function answer(): Promise<string> {
    let line = ''
    do {
      const { value, done } = await lines.next()
      if (done) return line
      line = value
    } while (line[3] === '-')
    return line
  }
  await answer()
  return {
    socket,
    answer,
    async say(command: string): Promise<string> {
      socket.write(`${command}\r\n`)
      return answer()
    },
  }
}

const MAIL = 'From: anna@example.com\r\nTo: support@acme.test\r\nSubject: Hello\r\n\r\nHello\r\n'
const ENVELOPE = { from: 'anna@example.com', to: ['support@acme.test'] }

it('hands on a message byte for byte with its envelope, dots and 8-bit bytes included', async () => {
  const { send, stored } = await listen()
  const raw = Buffer.concat([Buffer.from(`${MAIL}.\r\n..two dots\r\n`), Buffer.from([0xe4, 0xff, 0x0d, 0x0a])])
  const { response } = await send(ENVELOPE, raw)
  expect(response).toBe('250 2.6.0 The message is stored.')
  expect(stored).toEqual([{ raw, envelope_from: 'anna@example.com', envelope_to: ['support@acme.test'], peer: HOST }])
})

it('says 250 only after the message was stored', async () => {
  const storing = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const { send } = await listen({
    receive: () => {
      begun.resolve()
      return storing.promise
    },
  })
  let answered = false
  const sending = send(ENVELOPE, MAIL).finally(() => {
    answered = true
  })
  await begun.promise
  expect(answered).toBe(false)
  storing.resolve()
  await sending
})

it('asks the sender to try again where the message cannot be stored or its recipient not be looked up', async () => {
  const down = () => Promise.reject(new Error('the database is away'))
  const storing = await listen({ receive: down })
  await expect(storing.send(ENVELOPE, MAIL)).rejects.toMatchObject({ response: expect.stringMatching(/^451 4\.3\.0 /) })
  const looking = await listen({ accept: down })
  await expect(looking.send(ENVELOPE, MAIL)).rejects.toMatchObject({ response: expect.stringMatching(/^451 4\.3\.0 /) })
})

it('refuses an unknown recipient with 550 5.1.1 in words and still takes the known ones', async () => {
  const { send, stored } = await listen()
  const to = ['nobody@acme.test', 'support@acme.test']
  const { rejectedErrors } = await send({ from: 'anna@example.com', to }, MAIL)
  expect(rejectedErrors?.[0]).toMatchObject({ response: '550 5.1.1 There is no mailbox here for nobody@acme.test.' })
  expect(stored.map(({ envelope_to }) => envelope_to)).toEqual([['support@acme.test']])
})

it('takes the null sender of a bounce', async () => {
  const { send, stored } = await listen()
  await send({ from: '', to: ['support@acme.test'] }, MAIL)
  expect(stored[0]?.envelope_from).toBe('')
})

it('refuses a message over the limit with 552 5.3.4 as soon as its size is declared', async () => {
  const { port, stored } = await listen()
  const { say } = await dial(port)
  await say('EHLO client')
  expect(await say(`MAIL FROM:<anna@example.com> SIZE=${MAX_BYTES + 1}`)).toMatch(/^552 5\.3\.4 /)
  expect(await say(`MAIL FROM:<anna@example.com> SIZE=${MAX_BYTES} BODY=8BITMIME SMTPUTF8`)).toMatch(/^250 /)
  expect(stored).toEqual([])
})

it('refuses a message over the limit with 552 5.3.4 after its last byte, stores nothing and takes the next one', async () => {
  const { port, stored } = await listen()
  const { say, socket, answer } = await dial(port)
  await say('EHLO client')
  for (const bytes of [MAX_BYTES * 3, 10]) {
    await say('MAIL FROM:<anna@example.com>')
    await say('RCPT TO:<support@acme.test>')
    await say('DATA')
    socket.write(`Subject: large\r\n\r\n${'x'.repeat(bytes)}\r\n.\r\n`)
    expect(await answer()).toMatch(bytes > MAX_BYTES ? /^552 5\.3\.4 / : /^250 /)
  }
  expect(stored).toHaveLength(1)
})

it('stores nothing of a message whose client went away before its end', async () => {
  const { port, stored } = await listen()
  const { say, socket } = await dial(port)
  await say('EHLO client')
  await say('MAIL FROM:<anna@example.com>')
  await say('RCPT TO:<support@acme.test>')
  await say('DATA')
  socket.end('Subject: half\r\n\r\nhalf of it')
  await once(socket, 'close')
  const next = await dial(port)
  expect(await next.say('NOOP')).toMatch(/^250 /)
  expect(stored).toEqual([])
})

it('offers SIZE, 8BITMIME and SMTPUTF8, and neither AUTH nor STARTTLS', async () => {
  const { port } = await listen()
  const socket = connect(port, HOST)
  await once(socket, 'data')
  socket.write('EHLO client\r\n')
  const [offer] = await once(socket, 'data')
  socket.destroy()
  expect(String(offer)).toMatch(`SIZE ${MAX_BYTES}`)
  expect(String(offer)).toMatch('8BITMIME')
  expect(String(offer)).toMatch('SMTPUTF8')
  expect(String(offer)).not.toMatch(/AUTH|STARTTLS/)
})

it('takes at most 100 recipients a message', async () => {
  const { port } = await listen({ accept: async () => 'ok' })
  const { say } = await dial(port)
  await say('EHLO client')
  await say('MAIL FROM:<anna@example.com>')
  for (let n = 1; n <= 100; n++) expect(await say(`RCPT TO:<r${n}@acme.test>`)).toMatch(/^250 /)
  expect(await say('RCPT TO:<r101@acme.test>')).toMatch(/^452 4\.5\.3 /)
})

it('says in a sentence that its port is in use', async () => {
  const { port } = await listen()
  const second = listen({ port })
  await expect(second).rejects.toThrow(OperatorError)
  await expect(second).rejects.toThrow(
    `Mail cannot be received on ${HOST}, port ${port}: it is already in use. Stop the program that uses it, or set SMTP_PORT to another port.`,
  )
})
