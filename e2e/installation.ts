import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../apps/server/test/product.ts'
import { type SmtpSink, startSmtpSink } from '../apps/server/test/smtp-sink.ts'

const SET_UP = /^Set it up, once: (\S+)$/

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
  const product = await startProduct({ SMTP_URL: sink.url, DATA_DIR: dataDir }, demo ? ['--demo'] : [])
  const [, setupLink = ''] = demo ? [] : await product.line(SET_UP)
  return {
    url: product.url,
    smtpPort: product.smtpPort,
    setupLink,
    greeting: [...product.said],
    sink,
    async stop() {
      await product.stop()
      await sink.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
