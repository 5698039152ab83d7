import { readFile } from 'node:fs/promises'

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 */

/**
 * Counts what Vitest's JSON reporter wrote. A file that could not be run has no tests of its own and counts as one failure.
 * @returns {Count}
 */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/**
 * Counts what Playwright's JSON reporter wrote. A test that passed only when repeated failed; so did whatever went wrong
 * outside any test.
 * @returns {Count}
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/**
 * What came of one runner. Whatever else it reports, it failed where it says so by its exit code, and where it ran nothing.
 * @param {{ name: string, code: number | null, report: string, count: (report: any) => Count }} run
 * @returns {Promise<Count & { complaint?: string }>}
 */
export async function countRun({ name, code, report, count }) {
  const written = await readFile(report, 'utf8').then(JSON.parse, () => undefined)
  if (written === undefined)
    return { passed: 0, failed: 1, complaint: `${name} ended without a report (code ${code}).` }
  const { passed, failed } = count(written)
  if (passed + failed === 0) return { passed, failed: 1, complaint: `${name} ran no test.` }
  if (failed === 0 && code !== 0) return { passed, failed: 1, complaint: `${name} ended with code ${code}.` }
  return { passed, failed }
}
