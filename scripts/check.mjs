import { delimiter, join } from 'node:path'
import { bundledNode, ensureInstalled, orRefuse, PROJECT } from './ensure-install.mjs'
import { runChecks } from './gate-run.mjs'

await orRefuse(async () => {
  ensureInstalled()
  // The tools begin with `#!/usr/bin/env node`, and shall run on the Node.js that Tessera runs on.
  process.env.PATH = [join(PROJECT, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const node = bundledNode()

  const verdicts = await runChecks([
    { name: 'Types of the server', command: ['tsc', '-p', 'tsconfig.json', '--pretty', 'false'] },
    { name: 'Types of the web app', command: ['tsc', '-p', 'apps/web/tsconfig.json', '--pretty', 'false'] },
    {
      name: 'Migrations there, back and there again',
      command: [node, 'apps/server/src/platform/migrations/rehearse-main.ts'],
    },
    { name: 'Boundaries', command: [node, 'scripts/gate-boundaries.mjs'] },
    { name: 'Dead code', command: ['knip', '--no-progress'] },
    { name: 'Format and lint', command: ['biome', 'check', '--error-on-warnings', '--colors=off'] },
    { name: 'Names and lengths', command: [node, 'scripts/gate-files.mjs'] },
  ])

  console.log('')
  for (const { name, passed, seconds } of verdicts) {
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  }
  process.exitCode = verdicts.every(({ passed }) => passed) ? 0 : 1
})
