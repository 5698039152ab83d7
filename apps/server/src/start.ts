import type { AddressInfo } from 'node:net'
import { acceptMail } from './mail/index.ts'
import { systemClock } from './platform/clock.ts'
import { startDelivery } from './platform/events/index.ts'
import { startWorker } from './platform/jobs/index.ts'
import { listenError } from './platform/listen-error.ts'
import type { Logger } from './platform/log.ts'
import { type MailTransport, openMailTransport } from './platform/mail-transport/index.ts'
import { startPostgres } from './platform/postgres/index.ts'
import { publicUrl, type Settings } from './platform/settings.ts'
import { loadSecretKey } from './platform/settings-secret-key.ts'
import { prepareDatabase } from './prepare-database.ts'
import { openTessera, type Tessera } from './tessera.ts'

export interface Running {
  tessera: Tessera
  /** Where people open it; null in a process that only works on jobs. */
  url: string | null
  /** The port that takes mail; null likewise. */
  smtpPort: number | null
  /** Resolves with the reason when something it cannot live without ended by itself. */
  died: Promise<Error>
  stop(): Promise<void>
}

const JOBS_AT_ONCE = 4

/** Starts what `PROCESS` asks for. What was started before a failure is stopped again, in reverse. */
export async function start(settings: Settings, log: Logger): Promise<Running> {
  const started: (() => Promise<unknown>)[] = []
  let stopping: Promise<void> | undefined
  async function stopAll(): Promise<void> {
    for (const stop of started.reverse()) await stop()
  }
  const stop = () => (stopping ??= stopAll())

  try {
    const { databaseUrl, died } = await openDatabase(settings, log, started)
    const secretKey = await loadSecretKey(settings)
    await prepareDatabase(databaseUrl, log)
    const transport = settings.smtpUrl ? openMailTransport(settings.smtpUrl) : null
    const { appUrl } = settings
    const tessera = await openTessera({ databaseUrl, appUrl, secretKey, transport, clock: systemClock, log })
    started.push(() => tessera.close())
    if (settings.process !== 'serve') await work({ tessera, databaseUrl, transport, log, started })
    const listening =
      settings.process === 'work' ? { url: null, smtpPort: null } : await serve(tessera, settings, log, started)
    return { tessera, ...listening, died, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Started = (() => Promise<unknown>)[]

async function openDatabase({ databaseUrl, dataDir }: Settings, log: Logger, started: Started) {
  if (databaseUrl) return { databaseUrl, died: new Promise<Error>(() => undefined) }
  const postgres = await startPostgres({ dataDir, log })
  started.push(() => postgres.stop())
  return { databaseUrl: postgres.url, died: postgres.died }
}

interface Work {
  tessera: Tessera
  databaseUrl: string
  transport: MailTransport | null
  log: Logger
  started: Started
}

async function work({ tessera, databaseUrl, transport, log, started }: Work): Promise<void> {
  const { database, owner, handlers } = tessera
  const delivery = startDelivery(database, log)
  started.push(() => delivery.stop())
  const worker = await startWorker({ url: databaseUrl, pool: owner, handlers, concurrency: JOBS_AT_ONCE, log })
  // Together: the worker waits for its jobs, and a job may wait for a mail server for longer than anybody would.
  started.push(() => Promise.all([worker.stop(), transport?.close()]))
}

async function serve({ http, database }: Tessera, settings: Settings, log: Logger, started: Started) {
  const { host, port, smtpHost, smtpPort, mailMaxBytes } = settings
  await http.listen({ host, port }).catch((error: Error) => {
    throw listenError(error, {
      failure: 'Tessera cannot listen',
      host,
      port,
      host_setting: 'HOST',
      port_setting: 'PORT',
    })
  })
  const smtp = await acceptMail({ database, host: smtpHost, port: smtpPort, maxBytes: mailMaxBytes, log })
  started.push(() => smtp.close())
  const { port: bound } = http.server.address() as AddressInfo
  return { url: publicUrl(settings, bound), smtpPort: smtp.port }
}
