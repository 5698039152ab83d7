const BYTES = 16

/** A key for one attempt to change something. Made by hand: `randomUUID` is missing over plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
