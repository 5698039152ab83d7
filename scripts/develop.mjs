import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bundledNode, PROJECT } from './ensure-install.mjs'

/** The server, started anew with each change of its sources, and beside it the web app as it is written. */
export function develop(args) {
  const children = [
    run(PROJECT, ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts', ...args]),
    run(join(PROJECT, 'apps/web'), [join(PROJECT, 'node_modules/vite/bin/vite.js')]),
  ]
  function endAll() {
    for (const child of children) child.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll)
  for (const child of children) child.on('exit', endAll)
}

function run(cwd, args) {
  return spawn(bundledNode(), args, { cwd, stdio: 'inherit', detached: true })
}
