import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureBuilt } from './ensure-build.mjs'
import { bundledNode, ensureInstalled, orRefuse, PROJECT } from './ensure-install.mjs'
import { ensureChromium } from './test-browser.mjs'
import { countPlaywright, countRun, countVitest } from './test-count.mjs'

/** The longest tests wait for processes; more at once would want more connections than the one PostgreSQL of a run has. */
const WORKERS = Math.min(4, Math.max(2, availableParallelism()))

await orRefuse(async () => {
  ensureInstalled()
  const chromium = ensureChromium()
  ensureBuilt()
  const reports = await mkdtemp(join(tmpdir(), 'tessera-test-reports-'))
  try {
    const results = [
      await runVitest(join(reports, 'vitest.json')),
      await runPlaywright(join(reports, 'e2e.json'), chromium),
    ]
    const sum = (what) => results.reduce((total, result) => total + result[what], 0)
    for (const { complaint } of results) if (complaint) console.log(complaint)
    console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
    process.exitCode = sum('failed') === 0 ? 0 : 1
  } finally {
    await rm(reports, { recursive: true, force: true })
  }
})

async function runVitest(report) {
  const args = [
    'run',
    `--maxWorkers=${WORKERS}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await run('node_modules/vitest/vitest.mjs', args)
  return countRun({ name: 'Vitest', code, report, count: countVitest })
}

async function runPlaywright(report, chromium) {
  console.log('\nBrowser journeys')
  const args = ['test', '--config=e2e/playwright.config.ts', '--project=journeys', '--reporter=list,json']
  const env = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const code = await run('node_modules/@playwright/test/cli.js', args, env)
  return countRun({ name: 'Playwright', code, report, count: countPlaywright })
}

/** Runs a program of ours on the Node.js that Tessera runs on, its output with ours; its exit code. */
async function run(program, args, env = {}) {
  const path = [join(PROJECT, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const child = spawn(bundledNode(), [join(PROJECT, program), ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'close')
  return code
}
