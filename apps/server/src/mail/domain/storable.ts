const NUL = /\0/g

/** Text as PostgreSQL can store it, in a column or in JSON: without NUL and without halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replace(NUL, '').toWellFormed()
}

/** On one line, without control characters and outer white space, and no longer than `maxLength`. */
export function storableLine(text: string, maxLength: number): string {
  const line = storable(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return cut(line, maxLength)
}

/** The first `maxLength` UTF-16 units at most, never half a character. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const end = text.slice(0, maxLength)
  return end.isWellFormed() ? end : end.slice(0, -1)
}
