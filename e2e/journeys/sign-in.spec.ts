import { expectAccessible } from '../accessibility.ts'
import { expect, test } from '../journey.ts'
import { ADMINISTRATOR, codeFor, enterCode, wrongCodeFor } from '../people.ts'

test.use({ storageState: { cookies: [], origins: [] } })

test('one signs in with password and code, hears what was wrong, and signs out', async ({ page, desk }) => {
  await page.goto('/audit')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.getByLabel('Email').fill(ADMINISTRATOR.email)
  await page.getByLabel('Password', { exact: true }).fill('not her password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('Email or password is wrong.')

  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()

  await expectAccessible(page, 'second factor')
  await enterCode(page, wrongCodeFor(desk.totpSecret), 'Continue')
  await expect(page.getByRole('alert')).toContainText('This code is wrong or has expired.')

  await enterCode(page, codeFor(desk.totpSecret), 'Continue')
  await expect(page.getByRole('heading', { name: 'Audit trail' })).toBeVisible()

  await page.getByRole('button', { name: 'Account and settings' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.goto('/tickets')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
