import { randomUUIDv7 } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { systemActor } from '../agents/index.ts'
import { createInbox } from '../inboxes/index.ts'
import { transact } from '../platform/db/index.ts'
import { receiveMessage } from './receive-message.ts'
import { mailbox, sourceOf } from './testing/deliver.ts'

const server = useTestServer()

async function companyWithMail() {
  const company = await server.company()
  return { company, ...mailbox(server, company) }
}

const stranger = () => `stranger-${randomUUIDv7()}@elsewhere.test`

describe('one mail is one ticket and one acknowledgement', () => {
  it('however often its job runs, and on however many workers', async () => {
    const { company, drop, ledger, activities, outbox } = await companyWithMail()
    await drop(sourceOf(company))
    const [row] = await ledger()
    const job = { company_id: company.company_id, mail_message_id: String(row?.id) }
    const process = server.handlers['process-mail-message']
    await Promise.all([process(job), process(job), process(job), server.drain()])
    await process(job)
    const [settled] = await ledger()
    expect(settled?.state).toBe('ticket')
    expect(await activities(String(settled?.ticket_id))).toHaveLength(1)
    expect(await outbox()).toHaveLength(1)
  })

  it.each([
    ['with a Message-ID', '<same@customer.test>'],
    ['without one', ''],
  ])('where it comes many times at once, %s', async (_, message_id) => {
    const { company, drop, ledger, outbox } = await companyWithMail()
    const raw = sourceOf(company, { message_id })
    for (let n = 0; n < 6; n++) await drop(raw)
    const rows = await ledger()
    const process = server.handlers['process-mail-message']
    await Promise.all(rows.map(({ id }) => process({ company_id: company.company_id, mail_message_id: id })))
    const settled = await ledger()
    expect(settled.map(({ state }) => state).toSorted()).toEqual([...Array(5).fill('duplicate'), 'ticket'])
    expect(new Set(settled.map(({ ticket_id }) => ticket_id)).size).toBe(1)
    expect(settled.find(({ state }) => state === 'duplicate')?.reason).toMatch(/^It is the same mail as the one of /)
    expect(await outbox()).toHaveLength(1)
  })

  it('where it comes by two ways with other trace headers', async () => {
    const { company, deliver, outbox } = await companyWithMail()
    const raw = sourceOf(company)
    const first = await deliver({}, Buffer.concat([Buffer.from('Received: from a\r\n'), raw]))
    const second = await deliver({}, Buffer.concat([Buffer.from('Received: from b\r\n'), raw]))
    expect(second).toMatchObject({ state: 'duplicate', ticket_id: first.ticket_id, activity_id: first.activity_id })
    expect(await outbox()).toHaveLength(1)
  })

  it('but a Message-ID that a program repeats does not glue two mails together', async () => {
    const { deliver } = await companyWithMail()
    const message_id = '<always-the-same@device.test>'
    const first = await deliver({ message_id, from: stranger(), text: 'One.' })
    const second = await deliver({ message_id, from: stranger(), text: 'Two.' })
    expect(second.state).toBe('ticket')
    expect(second.ticket_id).not.toBe(first.ticket_id)
  })

  it('where it is sent to two inboxes of a company; in another company it is another', async () => {
    const one = await companyWithMail()
    const other = await companyWithMail()
    const { company_id, team_id } = one.company
    const second = `sales@${randomUUIDv7()}.test`
    await transact(server.database, { company_id, access: 'write' }, async (tx) => {
      await createInbox(tx, await systemActor(tx), { name: 'Sales', address: second, team_id })
    })
    const raw = sourceOf(one.company)
    const envelope_to = [one.company.inbox_address, second, other.company.inbox_address]
    await receiveMessage(server.database, { raw, envelope_from: 'a@b.test', envelope_to, peer: '::1' })
    await server.drain()
    for (const { ledger, outbox, company } of [one, other]) {
      expect(await ledger()).toMatchObject([{ state: 'ticket', inbox: { id: company.inbox_id }, envelope_to }])
      expect(await outbox()).toHaveLength(1)
    }
  })
})
