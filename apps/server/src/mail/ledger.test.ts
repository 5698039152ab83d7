import { listMailMessages, readMailMessage, readRawMailMessage } from '@tessera/contract'
import { createTransport } from 'nodemailer'
import { expect, it } from 'vitest'
import { useTestServer } from '../../test/harness.ts'
import { createLog } from '../platform/log.ts'
import { acceptMail } from './accept-mail.ts'
import { mailbox, sourceOf } from './testing/deliver.ts'

const server = useTestServer()

it('keeps a mail that came by SMTP byte for byte, and shows it before anything was made of it', async () => {
  const company = await server.company()
  const smtp = await acceptMail({
    database: server.database,
    host: '127.0.0.1',
    port: 0,
    maxBytes: 1024 * 1024,
    log: createLog('silent'),
  })
  const transport = createTransport({ host: '127.0.0.1', port: smtp.port, ignoreTLS: true })
  const raw = sourceOf(company, { text: 'Grüße\r\n.\r\n..' })
  try {
    const to = [company.inbox_address.replace('@', '+tag@'), company.inbox_address.toUpperCase()]
    await transport.sendMail({ envelope: { from: company.customer.address, to }, raw })
    const unknown = { from: company.customer.address, to: [company.inbox_address.replace('support', 'nobody')] }
    await expect(transport.sendMail({ envelope: unknown, raw })).rejects.toMatchObject({ responseCode: 550 })
    const { ledger } = mailbox(server, company)
    const [row, ...others] = await ledger()
    expect(others).toEqual([])
    expect(row).toMatchObject({ state: 'received', reason: null, size: raw.length, inbox: { name: 'Support' } })
    expect(row?.envelope_to.map((address) => address.toLowerCase())).toEqual(to.map((address) => address.toLowerCase()))
    const kept = await server.ask(company.manager, readRawMailMessage, { params: { id: String(row?.id) } })
    expect(Buffer.compare(kept.body ?? Buffer.alloc(0), raw)).toBe(0)
  } finally {
    await smtp.close()
  }
})

it('hands out a source as a file to save, never to show', async () => {
  const company = await server.company()
  const { deliver } = mailbox(server, company)
  const { id } = await deliver()
  const { headers } = await server.ask(company.manager, readRawMailMessage, { params: { id } })
  expect(headers).toMatchObject({
    'content-type': 'message/rfc822',
    'content-disposition': 'attachment; filename="message.eml"',
    'x-content-type-options': 'nosniff',
  })
})

it('is open to those who may read the company’s mail, and to nobody else', async () => {
  const company = await server.company()
  const other = await server.company()
  const { deliver } = mailbox(server, company)
  const { id } = await deliver()
  for (const route of [listMailMessages, readMailMessage, readRawMailMessage]) {
    const statusFor = async (member: { token: string } | null) =>
      (await server.ask(member, route, { params: { id } })).status
    expect(await statusFor(company.manager)).toBe(200)
    expect(await statusFor(company.administrator)).toBe(200)
    expect(await statusFor(company.agent)).toBe(403)
    expect(await statusFor(company.lead)).toBe(403)
    expect(await statusFor(company.executive)).toBe(403)
    expect(await statusFor(null)).toBe(401)
    expect(await statusFor(other.manager)).toBe(route === listMailMessages ? 200 : 404)
  }
  const { body } = await server.ask(other.manager, listMailMessages)
  expect(body.results).toEqual([])
})

it('lists newest first by page and by cursor, filtered, with the filters that applied', async () => {
  const company = await server.company()
  const { deliver, ledger } = mailbox(server, company)
  for (let n = 1; n <= 4; n++) await deliver({ subject: `Number ${n}` })
  await deliver({ headers: { 'Auto-Submitted': 'auto-replied' } })
  const ids = (await ledger()).map(({ id }) => id).toReversed()
  const ask = async (query: Record<string, string | number | string[]>) =>
    (await server.ask(company.manager, listMailMessages, { query })).body
  const second = await ask({ page: 2, page_size: 2 })
  expect(second.results.map(({ id }) => id)).toEqual(ids.slice(2, 4))
  expect(second.pagination).toMatchObject({ page: 2, page_size: 2, total_count: 5, total_pages: 3 })
  const third = await ask({ page_size: 2, cursor: String(second.pagination.next_cursor) })
  expect(third.results.map(({ id }) => id)).toEqual(ids.slice(4))
  expect(third.pagination.next_cursor).toBeNull()
  const filters = { state: ['ignored'], inbox_id: company.inbox_id }
  const ignored = await ask(filters)
  expect(ignored.results.map(({ id }) => id)).toEqual(ids.slice(0, 1))
  expect(ignored.pagination.total_count).toBe(1)
  expect(ignored.filters).toEqual(filters)
})
