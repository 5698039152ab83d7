import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecretKey } from './settings-secret-key.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-key-'))
})

afterEach(async () => {
  await rm(dataDir, { recursive: true })
})

test('a key that is set is used and nothing is written', async () => {
  const secretKey = Buffer.alloc(32, 7)
  expect(await loadSecretKey({ secretKey, dataDir })).toEqual(secretKey)
  expect(await readdir(dataDir)).toEqual([])
})

test('a key is made once and kept for its owner alone', async () => {
  const first = await loadSecretKey({ secretKey: undefined, dataDir })
  expect(first).toHaveLength(32)
  expect(await loadSecretKey({ secretKey: undefined, dataDir })).toEqual(first)
  expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600)
})

test('starts at the same moment agree on one key and leave no draft behind', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKey({ secretKey: undefined, dataDir })))
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
  expect(await readdir(dataDir)).toEqual(['secret.key'])
})

test('a damaged key is refused with a sentence and never replaced', async () => {
  const path = join(dataDir, 'secret.key')
  await writeFile(path, 'damaged')
  await expect(loadSecretKey({ secretKey: undefined, dataDir })).rejects.toThrow('restore it from a backup')
  expect(await readFile(path, 'utf8')).toBe('damaged')
})

test('a DATA_DIR that cannot be made is refused with a sentence', async () => {
  const file = join(dataDir, 'file')
  await writeFile(file, '')
  await expect(loadSecretKey({ secretKey: undefined, dataDir: join(file, 'below') })).rejects.toThrow(
    'DATA_DIR must be a directory that can be written',
  )
})
