import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')
/** The address and the mail port, where the process has them. */
const READY = /^Tessera (?:is ready: (\S+) \(mail arrives on port (\d+)|works on jobs)/
const START_WITHIN_MS = 30_000

/** Tessera as an operator runs it: a process of its own, on free ports. */
export interface Product {
  readonly url: string
  readonly smtpPort: number
  readonly process: ChildProcess
  /** As a power cut does it. */
  kill(): Promise<void>
  /** As Ctrl-C does it; the exit code. */
  stop(): Promise<number | null>
}

/** Starts the product with these settings and waits for its ready line. Rejects with what it said where it ended. */
export async function startProduct(settings: Record<string, string>): Promise<Product> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', SMTP_PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const said: string[] = []
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const ready = new Promise<RegExpExecArray>((found) => {
    createInterface(child.stdout).on('line', (line) => {
      said.push(`${line}\n`)
      const match = READY.exec(line)
      if (match) found(match)
    })
  })
  const timeout = AbortSignal.timeout(START_WITHIN_MS)
  const early = Promise.race([exited, once(timeout, 'abort')]).then(() => {
    throw new Error(`Tessera did not start. It said: ${said.join('')}`)
  })
  early.catch(() => undefined)
  const [, url = '', smtpPort] = await Promise.race([ready, early])
  return {
    url,
    smtpPort: Number(smtpPort),
    process: child,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}
