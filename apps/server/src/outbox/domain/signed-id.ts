import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a token is for: one made for one purpose is worth nothing for another. */
export type TokenPurpose = 'reply-address' | 'own-mail'

const ID_BYTES = 16
const MAC_BYTES = 9
const TOKEN_LENGTH = ((ID_BYTES + MAC_BYTES) * 8) / 5
const TOKEN = new RegExp(`^[0-9a-v]{${TOKEN_LENGTH}}$`)

/**
 * A UUID with its signature, 72 bits of HMAC-SHA256, as 40 characters of base32 (RFC 4648, section 7) in lower case: it
 * survives mail systems that fold case, and nobody without the secret can make one.
 */
export function signId(secret: Buffer, purpose: TokenPurpose, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  const token = Buffer.concat([bytes, signature(secret, purpose, bytes)])
  return BigInt(`0x${token.toString('hex')}`)
    .toString(32)
    .padStart(TOKEN_LENGTH, '0')
}

/** The UUID that was signed, or null where the token is not of our making. The comparison takes constant time. */
export function verifySignedId(secret: Buffer, purpose: TokenPurpose, token: string): string | null {
  const folded = token.toLowerCase()
  if (!TOKEN.test(folded)) return null
  const value = [...folded].reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n)
  const bytes = Buffer.from(value.toString(16).padStart((ID_BYTES + MAC_BYTES) * 2, '0'), 'hex')
  const id = bytes.subarray(0, ID_BYTES)
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), signature(secret, purpose, id))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function signature(secret: Buffer, purpose: TokenPurpose, id: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\0`).update(id).digest().subarray(0, MAC_BYTES)
}
