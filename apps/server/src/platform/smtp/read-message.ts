import type { SMTPServerDataStream } from 'smtp-server'

/** An answer of SMTP that is not 250: `responseCode` is its status, the message its sentence. */
export class SmtpRefusal extends Error {
  override name = 'SmtpRefusal'
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** Bytes of messages that all connections together may hold in memory. */
export interface MessageBudget {
  /** False where this many bytes more would be too many; then nothing was taken. */
  take(bytes: number): boolean
  give(bytes: number): void
}

export function openMessageBudget(limit: number): MessageBudget {
  let taken = 0
  return {
    take(bytes) {
      if (taken + bytes > limit) return false
      taken += bytes
      return true
    },
    give(bytes) {
      taken -= bytes
    },
  }
}

export interface ReadLimits {
  maxBytes: number
  budget: MessageBudget
  timeoutMs: number
}

export interface HeldMessage {
  message: Buffer
  /** Gives the memory back to the budget; call it once the message was handed on. */
  release(): void
}

/**
 * Reads one message from DATA. Where it is too large for its own limit or for the memory there is, the rest is read and
 * dropped, since a client listens for an answer only after its last byte.
 * @throws {SmtpRefusal} 552 over `maxBytes`, 451 over the budget, 421 over `timeoutMs`, which also ends the connection.
 */
export async function readMessage(stream: SMTPServerDataStream, limits: ReadLimits): Promise<HeldMessage> {
  const { maxBytes, budget, timeoutMs } = limits
  let chunks: Buffer[] = []
  let held = 0
  let refusal: SmtpRefusal | null = null

  function release(): void {
    budget.give(held)
    held = 0
    chunks = []
  }

  const late = new SmtpRefusal(421, 'The message took too long to arrive; please try again later.')
  const timer = setTimeout(() => stream.destroy(late), timeoutMs)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (refusal) continue
      refusal = refuse(chunk.length)
      if (refusal) release()
      else chunks.push(chunk)
    }
  } catch (error) {
    release()
    throw error
  } finally {
    clearTimeout(timer)
  }
  if (refusal) throw refusal
  return { message: Buffer.concat(chunks, held), release }

  function refuse(bytes: number): SmtpRefusal | null {
    if (held + bytes > maxBytes) return new SmtpRefusal(552, `The message is larger than ${maxBytes} bytes.`)
    if (!budget.take(bytes)) return new SmtpRefusal(451, 'Too much mail is arriving at once; please try again later.')
    held += bytes
    return null
  }
}
