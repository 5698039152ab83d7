import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { PROJECT } from './ensure-install.mjs'

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} command
 *
 * @typedef {object} Verdict
 * @property {string} name
 * @property {boolean} passed
 * @property {number} seconds
 */

/**
 * Runs all checks, as many at once as there are cores and each to its end, whatever becomes of the others. What a check
 * prints is printed whole when it has ended.
 * @param {readonly Check[]} checks in the order in which they begin: the longest first
 * @returns {Promise<Verdict[]>} in the same order
 */
export async function runChecks(checks) {
  const verdicts = []
  const waiting = [...checks.entries()]
  async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, check] = next
      verdicts[place] = await runCheck(check)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
  return verdicts
}

async function runCheck({ name, command: [program = '', ...args] }) {
  const begun = performance.now()
  const { code, output } = await capture(program, args)
  const passed = code === 0
  if (output.trim() !== '') console.log(`\n── ${name}${passed ? '' : ' failed'} ──\n${output.trim()}`)
  else if (!passed) console.log(`\n── ${name} failed ──\nwith code ${code} and without a word`)
  return { name, passed, seconds: (performance.now() - begun) / 1000 }
}

function capture(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ code: null, output: `${output}${program}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
