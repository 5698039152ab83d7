import { expect, test } from 'vitest'
import { formatMoment, formatShort, formatSize } from './format.ts'

const NOW = new Date(2026, 5, 15, 12, 0)
const instant = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()

test('a list says the hour for today, the day for this year and the date for what is older', () => {
  expect(formatShort(instant(2026, 5, 15, 9, 5), 'de', NOW)).toMatch(/^0?9:05$/)
  expect(formatShort(instant(2026, 2, 3, 9, 5), 'de', NOW)).toBe('3. März')
  expect(formatShort(instant(2025, 2, 3, 9, 5), 'de', NOW)).toContain('2025')
})

test('the year is told only where it is not this one', () => {
  expect(formatMoment(instant(2026, 2, 3, 9, 5), 'de', NOW)).not.toContain('2026')
  expect(formatMoment(instant(2025, 2, 3, 9, 5), 'de', NOW)).toContain('2025')
})

test('sizes are told as people say them, in the reader’s language', () => {
  expect(formatSize(0, 'de')).toBe('0 Byte')
  expect(formatSize(1_440_000, 'de')).toBe('1,4 MB')
})
