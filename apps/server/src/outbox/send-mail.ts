import { setTimeout as pause } from 'node:timers/promises'
import type { OutboundState } from '@tessera/contract'
import { systemActor } from '../agents/index.ts'
import { type Db, type Tx, transact } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import type { Logger } from '../platform/log.ts'
import { HandOverError, type MailTransport } from '../platform/mail-transport/index.ts'
import { openHandOverLock } from './hand-over-lock.ts'
import { outgoingMail } from './outgoing-mail.ts'
import type { OutboundRow } from './tables.ts'

export interface SendMailOptions {
  database: Db
  secretKey: Buffer
  /** Null where no `SMTP_URL` is set: mail is then kept to be read in the web app. */
  transport: MailTransport | null
  log: Logger
}

interface SendMail {
  company_id: string
  outbound_message_id: string
}

/** How a try ended. */
interface Outcome {
  state: Extract<OutboundState, 'sent' | 'deferred' | 'failed' | 'kept'>
  last_error: string | null
}

const FINAL: readonly OutboundState[] = ['sent', 'failed', 'kept']
/** About four days of tries, as RFC 5321, section 4.5.4.1, asks of a client before it gives up. */
const MOST_ATTEMPTS = 25
const SETTLE_AGAIN_MS = [250, 1_000, 2_000, 4_000, 8_000]

/**
 * The job that hands one outbound message to the SMTP server. It goes by the row's state, so it may run any number of
 * times: a message that is through is left alone, one that a killed process left in `sending` is handed over again with
 * the very same Message-ID, Date and text.
 *
 * What remains is the moment between the server's 250 and our commit of `sent`: a process killed in it has handed the mail
 * over without knowing. No protocol of two parties can close it (the two generals); nothing but one UPDATE happens in it,
 * which is tried again while the database is away, and mail systems recognise the second copy by its Message-ID.
 */
export function sendMail({ database, secretKey, transport, log }: SendMailOptions) {
  const exclusively = openHandOverLock(database)

  return ({ company_id, outbound_message_id }: SendMail): Promise<void> =>
    exclusively(outbound_message_id, async () => {
      const scope = { company_id, access: 'write' } as const
      const row = await transact(database, scope, (tx) => begin(tx, outbound_message_id, transport !== null))
      if (!row || !transport) return
      const outcome = await handOver(transport, secretKey, row)
      await again(log, () => transact(database, scope, (tx) => settle(tx, row, outcome)))
      if (outcome.state === 'deferred') throw new Error(`mail ${row.message_id} is deferred: ${outcome.last_error}`)
    })
}

/** Takes the message into hand; nothing where there is nothing left to do. */
async function begin(tx: Tx, id: string, sends: boolean): Promise<OutboundRow | undefined> {
  const row = await tx.db
    .selectFrom('outbound_messages')
    .selectAll()
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || FINAL.includes(row.state)) return undefined
  if (!sends) {
    await settle(tx, row, { state: 'kept', last_error: null })
    return undefined
  }
  const attempts = row.attempts + 1
  await ofRow(tx, row).set({ state: 'sending', attempts }).execute()
  return { ...row, attempts }
}

async function handOver(transport: MailTransport, secretKey: Buffer, row: OutboundRow): Promise<Outcome> {
  try {
    const { refused } = await transport.send(outgoingMail(secretKey, row))
    return { state: 'sent', last_error: refused }
  } catch (error) {
    if (!(error instanceof HandOverError)) throw error
    if (error.permanent) return { state: 'failed', last_error: error.message }
    if (row.attempts < MOST_ATTEMPTS) return { state: 'deferred', last_error: error.message }
    return { state: 'failed', last_error: `Given up after ${row.attempts} tries. ${error.message}` }
  }
}

/** Writes down how the try ended. A message deferred once more is no news. */
async function settle(tx: Tx, { id, ticket_id, activity_id, state: before }: OutboundRow, outcome: Outcome) {
  const { state } = outcome
  await ofRow(tx, { id })
    .set({ ...outcome, ...(state === 'sent' && { sent_at: tx.now }) })
    .execute()
  if (state === before) return
  await record(tx, await systemActor(tx), {
    event: 'mail.delivery_changed',
    ticket_id,
    data: { activity_id, state },
  })
}

function ofRow(tx: Tx, { id }: Pick<OutboundRow, 'id'>) {
  return tx.db.updateTable('outbound_messages').where('company_id', '=', tx.company_id).where('id', '=', id)
}

/** What the mail server has taken must be written down, also across a restart of the database. */
async function again(log: Logger, write: () => Promise<void>): Promise<void> {
  for (const wait of SETTLE_AGAIN_MS) {
    try {
      return await write()
    } catch (error) {
      log.warn({ err: error }, 'the outcome of a hand-over could not be written; trying again')
      await pause(wait)
    }
  }
  await write()
}
