import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')
/** The address and the mail port, where the process has them. */
const READY = /^Tessera (?:is ready: (\S+) \(mail arrives on port (\d+)|works on jobs)/
const START_WITHIN_MS = 40_000

/** Tessera as an operator runs it: a process of its own, on free ports. */
export interface Product {
  readonly url: string
  readonly smtpPort: number
  /** What it printed so far, line by line. */
  readonly said: readonly string[]
  /** The first line, printed or to be printed, that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  /** As a power cut does it. */
  kill(): Promise<void>
  /** As an operator does it; rejects where it did not end well. */
  stop(): Promise<void>
}

/** Starts the product with these settings and waits for its ready line. Rejects with what it said where it ended. */
export async function startProduct(settings: Record<string, string>, args: readonly string[] = []): Promise<Product> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', SMTP_PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const said: string[] = []
  const listeners = new Set<(line: string) => void>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text.trimEnd()))
  createInterface(child.stdout).on('line', (text) => {
    said.push(text)
    for (const listen of listeners) listen(text)
  })

  function line(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((found, fail) => {
      const timer = setTimeout(() => fail(failure(child, said)), START_WITHIN_MS)
      ended.then(() => fail(failure(child, said)), fail)
      listeners.add(listen)
      for (const text of said) listen(text)

      function listen(text: string): void {
        const match = pattern.exec(text)
        if (!match) return
        clearTimeout(timer)
        listeners.delete(listen)
        found(match)
      }
    })
  }

  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await ended
  }

  const [, url = '', smtpPort] = await line(READY).catch(async (error: unknown) => {
    await kill()
    throw error
  })
  return {
    url,
    smtpPort: Number(smtpPort),
    said,
    line,
    kill,
    async stop() {
      child.kill('SIGTERM')
      await ended
      if (child.exitCode !== 0) throw failure(child, said)
    },
  }
}

function failure({ exitCode, signalCode }: ChildProcess, said: readonly string[]): Error {
  const end = exitCode === null && signalCode === null ? 'has not come so far' : `ended with ${exitCode ?? signalCode}`
  return new Error(`Tessera ${end}. It said:\n${said.join('\n')}`)
}
