import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { bundledNode, PROJECT } from './ensure-install.mjs'

const FIRST_THAT_RUNS_TESSERA = 26

/**
 * Goes on as `program`, on a Node.js that runs Tessera: in place of this process where Node.js can do that, so that nothing
 * stays in memory beside it, and else as a child that gets each signal once and whose end is ours.
 */
export function become(program, args, flags = []) {
  const own = Number(process.versions.node.split('.')[0]) >= FIRST_THAT_RUNS_TESSERA
  const node = own ? process.execPath : bundledNode()
  const command = [...flags, resolve(PROJECT, program), ...args]
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(node, [node, ...command], process.env)
  }
  follow(spawn(node, command, { stdio: 'inherit', detached: true }))
}

/** In a group of its own the child hears of Ctrl-C from us alone: npm repeats what the terminal already told everybody. */
function follow(child) {
  const passedOn = new Set()
  // A terminal that was closed is no reason to end less carefully.
  for (const [received, sent] of Object.entries({ SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' })) {
    process.on(received, () => {
      if (!passedOn.has(sent)) child.kill(sent)
      passedOn.add(sent)
    })
  }
  child.on('error', (error) => {
    console.error(`Node.js could not be started (${error.message}): run \`npm ci\`, and start again.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
