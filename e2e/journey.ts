import { test as base, expect, request } from '@playwright/test'
import { type Installation, startInstallation } from './installation.ts'
import { setUp } from './people.ts'

type Session = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>

/** An installation that has its company, and the administrator's session and second factor. */
export interface Desk extends Installation {
  readonly session: Session
  readonly totpSecret: string
}

interface Fixtures {
  /** As it is after its very first start. */
  fresh: Installation
  /** Fails the journey where the page reported an error. */
  quiet: undefined
}

/** Each journey starts signed in at one desk that they share, and leaves it as it found it, but for its own tickets. */
export const test = base.extend<Fixtures, { desk: Desk }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
    async ({}, use) => {
      const installation = await startInstallation()
      const context = await request.newContext({
        baseURL: installation.url,
        extraHTTPHeaders: { origin: installation.url },
      })
      const totpSecret = await setUp(installation, context)
      const session = await context.storageState()
      await context.dispose()
      await use({ ...installation, session, totpSecret })
      await installation.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
  fresh: async ({}, use) => {
    const installation = await startInstallation()
    await use(installation)
    await installation.stop()
  },
  baseURL: async ({ desk }, use) => use(desk.url),
  storageState: async ({ desk }, use) => use(desk.session),
  quiet: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => {
        // A refused request is the page's business: it says so in its own words, which the journeys read.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          errors.push(message.text())
        }
      })
      await use(undefined)
      expect(errors, 'what the page reported').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
