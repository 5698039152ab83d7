import { expectAccessible } from '../accessibility.ts'
import { expect, test } from '../journey.ts'
import { ADMINISTRATOR, COMPANY, codeFor, enterCode, INBOX } from '../people.ts'

test.use({ baseURL: undefined, storageState: { cookies: [], origins: [] } })

test('the printed link leads from nothing to the desk, with a second factor', async ({ page, fresh }) => {
  await page.goto(fresh.setupLink)

  await expect(page.getByRole('heading', { name: 'Your company' })).toBeVisible()
  await page.getByLabel('Company name').fill(COMPANY.name)
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue(COMPANY.time_zone)
  await expectAccessible(page, 'set-up, company')
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { name: 'The first administrator' })).toBeVisible()
  await page.getByLabel('Your name').fill(ADMINISTRATOR.full_name)
  await page.getByLabel('Email').fill(ADMINISTRATOR.email)
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password)
  await expectAccessible(page, 'set-up, administrator')
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page.getByRole('heading', { name: 'The first inbox' })).toBeVisible()
  await page.getByLabel('Inbox name').fill(INBOX.name)
  await page.getByLabel('Inbox address').fill(INBOX.address)
  await expectAccessible(page, 'set-up, inbox')
  await page.getByRole('button', { name: 'Finish set-up' }).click()

  await expect(page.getByRole('heading', { name: 'Protect your account' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  await expectAccessible(page, 'enrolment')
  const secret = (await page.getByRole('code').textContent()) ?? ''
  await enterCode(page, codeFor(secret), 'Verify code')

  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  await expectAccessible(page, 'recovery codes')
  const enter = page.getByRole('button', { name: 'Open Tessera' })
  await expect(enter).toBeDisabled()
  await page.getByLabel('I have stored them').check()
  await enter.click()

  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible()
  await expect(page.getByText('No tickets yet')).toBeVisible()

  await page.goto(fresh.setupLink)
  await expect(page.getByRole('heading', { name: 'Already set up' })).toBeVisible()
})
