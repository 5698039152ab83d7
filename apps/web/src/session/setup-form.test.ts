import { expect, test } from 'vitest'
import type { Translate } from '../app/i18n.ts'
import { emptySetup, setupProblems, stepOf, timeZones } from './setup-form.ts'

const t = ((key: string) => key) as unknown as Translate

test('each step names its empty fields by the paths the server uses, and no other step’s', () => {
  const problems = setupProblems(t, emptySetup(), 'administrator')
  expect(Object.keys(problems)).toEqual(['administrator.full_name', 'administrator.email', 'administrator.password'])
})

test('a password of fewer than 12 characters is refused before it is sent', () => {
  const values = emptySetup()
  values.administrator = { full_name: 'Amira', email: 'amira@example.org', password: 'eleven char' }
  expect(Object.keys(setupProblems(t, values, 'administrator'))).toEqual(['administrator.password'])
  values.administrator.password = 'twelve chars'
  expect(setupProblems(t, values, 'administrator')).toEqual({})
})

test('what the server refuses leads back to the step that holds it', () => {
  expect(stepOf(['inbox.address'])).toBe('inbox')
  expect(stepOf(['token'])).toBeUndefined()
})

test('the browser’s own time zone can always be chosen', () => {
  expect(timeZones('Etc/Unknown')).toContain('Etc/Unknown')
  expect(new Set(timeZones('UTC')).size).toBe(timeZones('UTC').length)
})
