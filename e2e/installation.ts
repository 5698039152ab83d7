import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type SmtpSink, startSmtpSink } from '../apps/server/test/smtp-sink.ts'

const MAIN = resolve(import.meta.dirname, '../apps/server/src/main.ts')
const START_WITHIN_MS = 40_000
const READY = /^Tessera is ready: (?<url>\S+) \(mail arrives on port (?<port>\d+);/
const SET_UP = /^Set it up, once: (?<link>\S+)$/

/** Tessera as an operator runs it, nothing of it replaced, and the world's mailboxes beside it. */
export interface Installation {
  readonly url: string
  readonly smtpPort: number
  /** The one-time link of the first start; empty where the demo company is there already. */
  readonly setupLink: string
  /** What it printed until it was ready, line by line. */
  readonly greeting: readonly string[]
  /** Where Tessera's mail goes. */
  readonly sink: SmtpSink
  /** Ends it as an operator does, and rejects where it did not end well. */
  stop(): Promise<void>
}

/** On free ports, with a data directory of its own. */
export async function startInstallation({ demo = false } = {}): Promise<Installation> {
  const sink = await startSmtpSink()
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-journey-'))
  const said: string[] = []
  const child = spawn(process.execPath, demo ? [MAIN, '--demo'] : [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      SMTP_PORT: '0',
      SMTP_URL: sink.url,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text.trimEnd()))

  async function stop(): Promise<void> {
    child.kill('SIGTERM')
    await ended
    await sink.close()
    await rm(dataDir, { recursive: true, force: true })
    if (child.exitCode !== 0) throw failure(child, said)
  }

  try {
    const { url, port, link } = await greeting(child, said, ended, demo ? { link: '' } : {})
    return { url, smtpPort: Number(port), setupLink: link, greeting: [...said], sink, stop }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

interface Greeting {
  url: string
  port: string
  link: string
}

function greeting(
  child: ChildProcess,
  said: string[],
  ended: Promise<unknown>,
  known: Partial<Greeting>,
): Promise<Greeting> {
  return new Promise((found, fail) => {
    const seen = { ...known }
    const timer = setTimeout(() => fail(failure(child, said)), START_WITHIN_MS)
    ended.then(() => fail(failure(child, said)), fail)
    if (child.stdout) createInterface(child.stdout).on('line', read)

    function read(line: string): void {
      said.push(line)
      Object.assign(seen, READY.exec(line)?.groups, SET_UP.exec(line)?.groups)
      const { url, port, link } = seen
      if (url === undefined || port === undefined || link === undefined) return
      clearTimeout(timer)
      found({ url, port, link })
    }
  })
}

function failure({ exitCode, signalCode }: ChildProcess, said: readonly string[]): Error {
  const end = exitCode === null && signalCode === null ? 'is not ready' : `ended with ${exitCode ?? signalCode}`
  return new Error(`Tessera ${end}. It said:\n${said.join('\n')}`)
}
