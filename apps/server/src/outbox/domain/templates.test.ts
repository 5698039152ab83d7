import { expect, test } from 'vitest'
import { acknowledgementText } from './templates.ts'

test('an acknowledgement tells the ticket’s number and who will answer', () => {
  const text = acknowledgementText({ ticket_number: 'TKT-2026-000123', inbox_name: 'Acme Support' })
  expect(text).toContain('ticket TKT-2026-000123')
  expect(text).toContain('Acme Support')
})
