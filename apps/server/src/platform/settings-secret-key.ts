import { randomBytes } from 'node:crypto'
import { chmod, link, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from './settings.ts'
import { isErrno, makeDataDir, messageOf, readIfExists } from './settings-data-dir.ts'
import { SettingError } from './settings-errors.ts'
import { secretKey } from './settings-values.ts'

/**
 * The installation's secret of 32 bytes: `SECRET_KEY`, or else the one in `DATA_DIR/secret.key` (mode 0600), which is made
 * at the first call.
 * @throws {SettingError} where the kept key is unreadable or not a key; it is never replaced, for what it protects would be lost.
 */
export async function loadSecretKey(settings: Pick<Settings, 'secretKey' | 'dataDir'>): Promise<Buffer> {
  if (settings.secretKey !== undefined) return settings.secretKey
  await makeDataDir(settings.dataDir)
  const path = join(settings.dataDir, 'secret.key')
  try {
    const kept = (await readIfExists(path)) ?? (await keepOnce(path, randomBytes(32).toString('hex')))
    const key = secretKey.parse(kept.trim())
    if (key !== undefined) {
      await chmod(path, 0o600)
      return key
    }
  } catch (error) {
    throw new SettingError([`SECRET_KEY is unset and the key kept for it is out of reach: ${messageOf(error)}.`])
  }
  throw new SettingError([`${path} must hold ${secretKey.mustBe}: restore it from a backup, or set SECRET_KEY.`])
}

/**
 * Writes `text` to `path` unless it is there already, whole or not at all, and returns what is there afterwards: two
 * processes that start at the same moment agree.
 */
async function keepOnce(path: string, text: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(draft, path)
    return text
  } catch (error) {
    const winner = isErrno(error, 'EEXIST') ? await readIfExists(path) : undefined
    if (winner === undefined) throw error
    return winner
  } finally {
    await rm(draft)
  }
}
