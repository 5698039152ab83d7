/**
 * `TKT-2026-000123`: prefix, the company's local year, six digits; past 999,999 it goes on with seven, since no
 * customer is refused for a format.
 */
export function formatTicketNumber(prefix: string, year: number, number: number): string {
  return `${prefix}-${String(year).padStart(4, '0')}-${String(number).padStart(6, '0')}`
}
