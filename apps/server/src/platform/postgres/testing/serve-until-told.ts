import { pino } from 'pino'
import { OperatorError } from '../../settings-errors.ts'
import { startPostgres } from '../index.ts'

/** A program for tests: starts PostgreSQL on the directory it is given, prints the address, and stops when it is told to. */
const [dataDir = ''] = process.argv.slice(2)
try {
  const postgres = await startPostgres({ dataDir, log: pino({ level: 'silent' }) })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => postgres.stop())
  console.log(postgres.url)
} catch (error) {
  if (!(error instanceof OperatorError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
