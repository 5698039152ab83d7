import { OperatorError } from '../settings-errors.ts'

/** The database and the migrations of this release do not fit together; the message says why and what to do. */
export class MigrationError extends OperatorError {
  override name = 'MigrationError'
}
