import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '../settings-data-dir.ts'
import { DataDirInUse, PostgresError } from './errors.ts'

const SQLITE_BUSY = 5

/**
 * Claims `DATA_DIR` for this process; returns what gives it back, once or more often.
 *
 * The claim is SQLite's exclusive lock on an empty file: the kernel ties it to the process and drops it with the process,
 * however that ends. So there is nothing to go stale, no process id to be reused, and of two at once one wins. Nobody else in
 * this process may open the file, for closing it would drop the lock.
 * @throws {DataDirInUse} where another process (or this one) holds it.
 */
export function claim(dataDir: string): () => void {
  const path = join(dataDir, 'postgres.lock')
  let file: DatabaseSync | undefined
  const release = () => {
    if (file?.isOpen) file.close()
  }
  try {
    file = new DatabaseSync(path, { timeout: 0 })
    file.exec('pragma journal_mode = memory; begin exclusive')
    return release
  } catch (error) {
    release()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) throw new DataDirInUse(dataDir)
    throw new PostgresError(
      `${path} cannot be locked (${messageOf(error)}): make it writable for this user, or delete it.`,
    )
  }
}
