import { type CryptoKey, importJWK, type JWK } from 'jose'
import type pg from 'pg'
import { isUuid } from './uuid.ts'

interface KeyRow {
  id: string
  public_key: string
  alg: string
}

/**
 * Finds the public key of a `kid`. Keys stay in memory; an unknown one is looked for in the database, since another
 * process may have made it a moment ago.
 */
export function publicKeys(pool: pg.Pool, algorithm: string) {
  let known = new Map<string, CryptoKey>()
  let loading: Promise<void> | null = null

  async function load(): Promise<void> {
    const { rows } = await pool.query<KeyRow>('select id, public_key, alg from signing_keys where alg = $1', [
      algorithm,
    ])
    const keys = await Promise.all(rows.map(async (row): Promise<[string, CryptoKey]> => [row.id, await imported(row)]))
    known = new Map(keys)
  }

  return async function findKey(kid: string): Promise<CryptoKey | undefined> {
    const key = known.get(kid)
    if (key || !isUuid(kid)) return key
    // However many tokens name unknown keys, one query at a time looks for them.
    loading ??= load().finally(() => {
      loading = null
    })
    await loading
    return known.get(kid)
  }
}

async function imported({ public_key, alg }: KeyRow): Promise<CryptoKey> {
  const key = await importJWK(JSON.parse(public_key) as JWK, alg)
  if (key instanceof Uint8Array) throw new Error('a signing key is not a public key')
  return key
}
