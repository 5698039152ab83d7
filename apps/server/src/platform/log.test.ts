import { pino } from 'pino'
import { expect, it } from 'vitest'
import { logOptions } from './log.ts'

it('writes no secret that rides along with an error, a request or a body', () => {
  const lines: string[] = []
  const log = pino(logOptions('info'), { write: (line: string) => lines.push(line) })
  const error = Object.assign(new Error('Connection terminated'), { client: { secretKey: 4711, password: 'hunter2' } })
  log.warn({ err: error }, 'lost')
  log.info({ req: { headers: { authorization: 'Bearer 4711', cookie: '4711' } }, body: { password: '4711' } })
  expect(lines[0]).toContain('Connection terminated')
  expect(lines.join()).not.toMatch(/4711|hunter2/)
})
