/** An address of our own, whatever the link that led here carries. */
export function insideOnly(next: string | undefined, origin: string): string {
  if (!next) return '/'
  const address = new URL(next, origin)
  return address.origin === origin ? address.pathname + address.search : '/'
}
