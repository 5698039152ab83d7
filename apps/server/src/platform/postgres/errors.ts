import { OperatorError } from '../settings-errors.ts'

/** The embedded PostgreSQL cannot do what it must; the message says why and what to do. */
export class PostgresError extends OperatorError {
  override name = 'PostgresError'
}

/** Another running process works with this `DATA_DIR`. */
export class DataDirInUse extends PostgresError {
  override name = 'DataDirInUse'

  constructor(dataDir: string) {
    super(`Tessera already runs on ${dataDir}: stop it first, or set DATA_DIR to another directory.`)
  }
}
