import { mkdir, readFile } from 'node:fs/promises'
import { SettingError } from './settings-errors.ts'

/**
 * Makes `DATA_DIR` where it is missing: closed to everybody else, but for root, whose PostgreSQL runs as another user and
 * must pass through it.
 * @throws {SettingError} where it cannot be made.
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  } catch (error) {
    throw new SettingError([`DATA_DIR must be a directory that can be written, but ${messageOf(error)}.`])
  }
}

/** The text of a file, or `undefined` where there is no such file. */
export async function readIfExists(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

export function isErrno(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
