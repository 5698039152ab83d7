import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db/index.ts'

const TOKEN_BYTES = 32

/** Whether this installation still waits for its first company. */
export async function isSetupRequired(database: Db): Promise<boolean> {
  const { rows } = await database.system.query<{ required: boolean }>(
    'select not exists (select from companies) as required',
  )
  return rows[0]?.required ?? true
}

/**
 * The secret part of the set-up link, to be printed once; an older one stops working. `null` where there is a company
 * already. Only its SHA-256 is stored, which is enough for 256 random bits.
 */
export async function issueSetupToken(database: Db): Promise<string | null> {
  if (!(await isSetupRequired(database))) return null
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await database.system.query('select tessera_issue_setup_token($1)', [sha256(token)])
  return token
}

/** Uses the token up, with the transaction or not at all; of two at the same moment one gets `true`. */
export async function redeemSetupToken(tx: Tx, token: string): Promise<boolean> {
  const { rows } = await sql<{ valid: boolean }>`select tessera_redeem_setup_token(${sha256(token)}) as valid`.execute(
    tx.db,
  )
  return rows[0]?.valid ?? false
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
