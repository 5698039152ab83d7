import { join, resolve } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { type Installation, startInstallation } from '../installation.ts'
import { enrol } from '../people.ts'

const IMAGES = resolve(import.meta.dirname, '../../docs/images')
const SOMEBODY = 'lead@demo.test'

const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const

const test = base.extend<object, { demo: Installation }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
    async ({}, use) => {
      const installation = await startInstallation({ demo: true })
      await use(installation)
      await installation.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
})

async function take(page: Page, name: string): Promise<void> {
  for (const { look, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    await page.screenshot({ path: join(IMAGES, `${name}-${look}.png`), animations: 'disabled', caret: 'hide' })
  }
}

test('the pictures of the documentation', async ({ page, demo }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(SOMEBODY)
  await take(page, 'sign-in')

  const password =
    demo.greeting
      .find((line) => line.includes(SOMEBODY))
      ?.split(/\s{2,}/)
      .at(-1) ?? ''
  await page.context().setExtraHTTPHeaders({ origin: demo.url })
  await enrol(page.request, { email: SOMEBODY, password })

  await page.goto('/tickets')
  await page.getByRole('row').nth(10).waitFor()
  await take(page, 'ticket-list')

  await page.goto('/tickets?status=in_progress')
  await page.getByRole('row').nth(1).getByRole('link').click()
  await page.getByRole('region', { name: 'Conversation' }).waitFor()
  await take(page, 'ticket')
})
