import { expect, test } from '../journey.ts'
import { ADMINISTRATOR, customer } from '../people.ts'

test('the main job is done without a mouse', async ({ page, desk }) => {
  const subject = 'Which beans for a long evening?'
  const dana = customer(desk, 'Dana Okafor')
  await dana.write({ subject, text: 'Which beans do you recommend?\n\nDana' })
  await page.goto('/tickets')
  await expect(page.getByRole('link', { name: subject })).toBeVisible()

  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: subject })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: subject })).toBeFocused()

  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: 'Reply' })).toBeFocused()
  await page.keyboard.type('The dark roast, and not after ten.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: `${ADMINISTRATOR.full_name} Reply` })).toContainText('dark roast')
  await dana.receives('dark roast')

  const status = page.getByRole('button', { name: 'Status: In progress' })
  await expect(status).toBeVisible()
  await status.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'On hold' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Resolved' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Resolution')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Resolve', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Status: Resolved' })).toBeFocused()
})
