import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility.ts'
import { type Desk, expect, test } from '../journey.ts'
import { customer } from '../people.ts'

/** A ticket with an answer, so that no screen is empty. */
async function openAnsweredTicket(page: Page, desk: Desk, subject: string): Promise<void> {
  const bo = customer(desk, 'Bo Andersen')
  await bo.write({ subject, text: 'The machine drips.\n\nBo\n\nOn Monday, Support wrote:\n> Does it still drip?\n' })
  await page.goto('/tickets')
  await page.getByRole('link', { name: subject }).click()
  await page.getByRole('textbox', { name: 'Reply' }).fill('Please send us a photograph of the seal.')
  await page.getByRole('button', { name: 'Send reply' }).click()
  await bo.receives('photograph')
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('Sent')
}

test('every screen of the desk can be read and used by everybody', async ({ page, desk }) => {
  test.slow()
  await openAnsweredTicket(page, desk, 'The espresso machine drips')
  await expectAccessible(page, 'ticket')

  await page.getByRole('button', { name: /^Status: / }).click()
  await expect(page.getByRole('menuitem', { name: 'Resolved' })).toBeVisible()
  await expectAccessible(page, 'menu of statuses')
  await page.getByRole('menuitem', { name: 'Resolved' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'dialog to resolve')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  for (const { link, shown } of [
    { link: 'Tickets', shown: page.getByRole('link', { name: 'The espresso machine drips' }) },
    { link: 'Mail ledger', shown: page.getByRole('list', { name: 'Mail ledger' }) },
    { link: 'Outbox', shown: page.getByRole('list', { name: 'Outbox' }) },
    { link: 'Audit trail', shown: page.getByRole('button', { name: 'Ticket created' }).first() },
  ]) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link }).click()
    await expect(shown).toBeVisible()
    await expectAccessible(page, link)
  }

  await page.goto('/nowhere')
  await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible()
  await expectAccessible(page, 'not found')
})

test('a telephone reaches every screen and what stands beside a ticket', async ({ page, desk }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openAnsweredTicket(page, desk, 'The milk frother whistles')

  await page.getByRole('button', { name: 'Details' }).click()
  const details = page.getByRole('dialog', { name: 'Details' })
  await expect(details).toContainText('bo.andersen@customer.test')
  await details.getByRole('button', { name: 'Close' }).click()
  await expect(details).toBeHidden()

  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Outbox' }).click()
  await expect(page.getByRole('list', { name: 'Outbox' })).toContainText('The milk frother whistles')
})

test.describe('at the door', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('the sign-in can be read and used by everybody', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill('nobody@northwind.test')
    await page.getByLabel('Password', { exact: true }).fill('whatever it may be')
    await expectAccessible(page, 'sign-in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectAccessible(page, 'sign-in, refused')
  })
})
