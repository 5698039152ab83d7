import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from './platform/log.ts'
import { readSettings } from './platform/settings.ts'
import { OperatorError } from './platform/settings-errors.ts'
import { type Running, start } from './start.ts'
import { issueSetupToken } from './tenants/index.ts'

/** A stop that takes longer than this has hung: what is durable is durable, the rest is tried again at the next start. */
const STOP_WITHIN_MS = 20_000
const DEMO = resolve(import.meta.dirname, 'cli/main.ts')

/** Whether somebody asked it to end: what fails after that, half started, is no failure. */
let ending = false

try {
  await main()
} catch (error) {
  fail(error)
}

async function main(): Promise<void> {
  const { demo } = readArguments()
  const settings = readSettings(process.env)
  const log = createLog(settings.logLevel)
  const starting = start(settings, log)
  // A Ctrl-C during the start waits for it: what it has begun is then stopped in good order. The terminal and npm may both
  // send the signal, so a second one must not end a stop that is under way.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ending = true
      starting.then((running) => stop(running, 0), fail)
    })
  }
  const running = await starting
  running.died.then((reason) => {
    console.error(reason.message)
    stop(running, 1)
  })
  try {
    if (demo) await furnishDemo()
    if (!ending) await greet(running)
  } catch (error) {
    tell(error)
    stop(running, 1)
  }
}

function readArguments(): { demo: boolean } {
  try {
    const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } })
    return values
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new OperatorError(`${error.message} Tessera starts with no argument, or with --demo.`)
  }
}

async function greet({ tessera, url, smtpPort }: Running): Promise<void> {
  if (!url) return console.log('Tessera works on jobs; stop it with Ctrl-C.')
  console.log(`Tessera is ready: ${url} (mail arrives on port ${smtpPort}; stop it with Ctrl-C)`)
  const token = await issueSetupToken(tessera.database)
  if (token) console.log(`Set it up, once: ${url}/setup#token=${token}`)
}

/** In a process of its own, which takes the memory that this needs with it when it ends. */
async function furnishDemo(): Promise<void> {
  const command = spawn(process.execPath, [DEMO, 'demo'], { stdio: 'inherit' })
  const [code] = await once(command, 'exit')
  if (code !== 0 && !ending) throw new OperatorError('The demo could not be furnished.')
}

function stop(running: Running, code: number): void {
  setTimeout(() => abort(new OperatorError('Tessera did not stop in time and was ended.')), STOP_WITHIN_MS).unref()
  running.stop().then(() => process.exit(code), abort)
}

function fail(error: unknown): void {
  if (ending) process.exit(0)
  abort(error)
}

function abort(error: unknown): never {
  tell(error)
  process.exit(1)
}

function tell(error: unknown): void {
  console.error(error instanceof OperatorError ? error.message : error)
}
