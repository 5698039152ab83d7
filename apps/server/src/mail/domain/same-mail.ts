/**
 * Whether two sources are one mail that came by two ways: each way adds its own trace headers (RFC 5321, section 4.4), so
 * the headers differ and what was written does not.
 */
export function haveSameBody(a: Buffer, b: Buffer): boolean {
  return bodyOf(a).equals(bodyOf(b))
}

/** What follows the header, without white space at its end; empty where the mail is nothing but a header. */
export function bodyOf(raw: Buffer): Buffer {
  const [separator = ''] = ['\r\n\r\n', '\n\n'].filter((each) => raw.includes(each))
  if (separator === '') return Buffer.alloc(0)
  let end = raw.length
  while (end > 0 && isBlank(raw[end - 1])) end--
  return raw.subarray(Math.min(raw.indexOf(separator), end), end)
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09
}
