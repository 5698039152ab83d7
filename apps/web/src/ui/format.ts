/** Times and sizes in the reader's language; times in the reader's own zone. */

/** The reader's own variety of the language (British, Austrian …), as far as the browser tells. */
function localeFor(language: string, wishes: readonly string[] = navigator.languages): string {
  return wishes.find((wish) => wish.toLowerCase().startsWith(language)) ?? language
}

export function formatInstant(instant: string, language: string): string {
  return new Intl.DateTimeFormat(localeFor(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  )
}

/** Day and hour; the year only where it is not this one. */
export function formatMoment(instant: string, language: string, now: Date): string {
  const then = new Date(instant)
  const year = then.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(localeFor(language), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...year,
  }).format(then)
}

/** The hour for today, the day for this year, the date for what is older. */
export function formatShort(instant: string, language: string, now: Date): string {
  const then = new Date(instant)
  const locale = localeFor(language)
  if (then.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(then)
  }
  if (then.getFullYear() === now.getFullYear()) {
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(then)
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(then)
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** Bytes as people say them: 1.4 MB. */
export function formatSize(bytes: number, language: string): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(localeFor(language), {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}
