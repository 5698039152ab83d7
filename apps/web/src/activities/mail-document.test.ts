import { expect, test } from 'vitest'
import { likelyHeight, mailDocument } from './mail-document.ts'

test('a customer’s mail is shown under a policy that loads nothing and runs nothing', () => {
  const page = mailDocument('<p>Hello</p>')
  expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`)
  expect(page).not.toContain('script-src')
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<p>Hello</p>'))
})

test('a frame is as tall as its text needs, within bounds', () => {
  expect(likelyHeight('')).toBe(72)
  expect(likelyHeight('line\n'.repeat(10))).toBeGreaterThan(200)
  expect(likelyHeight('line\n'.repeat(500))).toBe(520)
})
