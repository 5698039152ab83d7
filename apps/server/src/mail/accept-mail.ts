import { findInboxByAddress } from '../inboxes/index.ts'
import type { Db } from '../platform/db/index.ts'
import type { Logger } from '../platform/log.ts'
import { type SmtpListener, startSmtpListener } from '../platform/smtp/index.ts'
import { receiveMessage } from './receive-message.ts'

interface AcceptMailOptions {
  database: Db
  host: string
  /** 0: any free port. */
  port: number
  /** The largest mail, in bytes. */
  maxBytes: number
  log: Logger
}

/** Takes mail over SMTP for the inboxes of all companies, and for nobody else. */
export function acceptMail({ database, ...options }: AcceptMailOptions): Promise<SmtpListener> {
  return startSmtpListener({
    ...options,
    accept: async (recipient) => ((await findInboxByAddress(database, recipient)) ? 'ok' : 'unknown'),
    receive: (message) => receiveMessage(database, message),
  })
}
