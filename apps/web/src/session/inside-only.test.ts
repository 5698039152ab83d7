import { expect, test } from 'vitest'
import { insideOnly } from './inside-only.ts'

const ORIGIN = 'https://desk.example'

test('a link to the sign-in cannot send anybody to another site', () => {
  for (const next of [
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    undefined,
  ]) {
    expect(insideOnly(next, ORIGIN)).toBe('/')
  }
})

test('after the sign-in one is where one wanted to go', () => {
  expect(insideOnly('/tickets?status=new&status=assigned', ORIGIN)).toBe('/tickets?status=new&status=assigned')
})
