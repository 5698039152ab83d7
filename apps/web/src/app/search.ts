/** Values of an address: a list is a repeated key, what is `undefined` is left out. */
export type SearchValues = Readonly<Record<string, unknown>>

function toSearchParams(values: SearchValues): URLSearchParams {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) params.append(key, String(one))
    }
  }
  return params
}

/** With its `?`, or empty. */
export function stringifySearch(values: SearchValues): string {
  const text = toSearchParams(values).toString()
  return text && `?${text}`
}

/** Everything stays text; a key that repeats becomes a list. Each route narrows what it knows. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const params = new URLSearchParams(text)
  const entries = [...new Set(params.keys())].map((key) => {
    const values = params.getAll(key)
    return [key, values.length === 1 ? (values[0] ?? '') : values] as const
  })
  return Object.fromEntries(entries)
}

/** The values of a key that are among those allowed; none of them is `undefined`. */
export function manyOf<T extends string>(allowed: readonly T[], value: unknown): T[] | undefined {
  const given: unknown[] = Array.isArray(value) ? value : [value]
  const known = allowed.filter((one) => given.includes(one))
  return known.length > 0 ? known : undefined
}

/** A page number of 2 or more; page 1 is the address without one. */
export function pageOf(value: unknown): number | undefined {
  const page = Number(value)
  return Number.isInteger(page) && page > 1 && page <= 1_000_000 ? page : undefined
}
