import { PassThrough } from 'node:stream'
import type { SMTPServerDataStream } from 'smtp-server'
import { expect, it } from 'vitest'
import { openMessageBudget, readMessage } from './read-message.ts'

function stream(): SMTPServerDataStream {
  return Object.assign(new PassThrough(), { byteLength: 0, sizeExceeded: false })
}

const LIMITS = { maxBytes: 100, timeoutMs: 60_000 }

it('holds no more than the budget for all messages together, and takes new ones once it was given back', async () => {
  const budget = openMessageBudget(15)
  const read = (text: string) => {
    const data = stream()
    data.end(text)
    return readMessage(data, { ...LIMITS, budget })
  }
  const first = await read('0123456789')
  await expect(read('0123456789')).rejects.toMatchObject({ responseCode: 451 })
  first.release()
  const second = await read('0123456789')
  expect(second.message.toString()).toBe('0123456789')
})

it('keeps nothing of a message over the limit', async () => {
  const budget = openMessageBudget(1000)
  const data = stream()
  for (let n = 0; n < 20; n++) data.write('0123456789')
  data.end()
  await expect(readMessage(data, { ...LIMITS, budget })).rejects.toMatchObject({ responseCode: 552 })
  expect(budget.take(1000)).toBe(true)
})

it('ends a message that does not come to its end in time', async () => {
  const budget = openMessageBudget(1000)
  const data = stream()
  data.write('some')
  await expect(readMessage(data, { ...LIMITS, timeoutMs: 1, budget })).rejects.toMatchObject({ responseCode: 421 })
  expect(data.destroyed).toBe(true)
  expect(budget.take(1000)).toBe(true)
})
