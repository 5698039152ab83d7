import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countPlaywright, countRun, countVitest } from './test-count.mjs'

let dir: string
let report: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tessera-count-'))
  report = join(dir, 'report.json')
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function file(status: 'passed' | 'failed', ...tests: string[]) {
  return { status, assertionResults: tests.map((one) => ({ status: one })) }
}

async function countOf(code: number | null, passed: number, failed: number) {
  await writeFile(report, JSON.stringify({ passed, failed }))
  return countRun({ name: 'Runner', code, report, count: (written) => written })
}

describe('the count that closes npm test', () => {
  it('takes a file that could not be run for a failure', () => {
    const testResults = [file('passed', 'passed', 'passed'), file('failed'), file('failed', 'passed', 'failed')]
    expect(countVitest({ numPassedTests: 3, numFailedTests: 1, testResults })).toEqual({ passed: 3, failed: 2 })
  })

  it('takes a journey that passed only when repeated, and an error outside any, for failures', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
    expect(countPlaywright({ stats, errors: [{ message: 'It did not end well' }] })).toEqual({ passed: 5, failed: 3 })
  })

  it('never calls a runner passed that ended badly, ran nothing or left no report', async () => {
    expect(await countOf(0, 7, 0)).toEqual({ passed: 7, failed: 0 })
    expect(await countOf(1, 7, 2)).toEqual({ passed: 7, failed: 2 })
    expect(await countOf(1, 7, 0)).toMatchObject({ passed: 7, failed: 1 })
    expect(await countOf(null, 7, 0)).toMatchObject({ passed: 7, failed: 1 })
    expect(await countOf(0, 0, 0)).toMatchObject({ passed: 0, failed: 1 })
    await rm(report)
    const lost = await countRun({ name: 'Runner', code: 0, report, count: (written: never) => written })
    expect(lost).toMatchObject({ passed: 0, failed: 1 })
  })
})
