import { defineConfig } from '@playwright/test'

/** Leaves the sandbox off, as containers and root have none, and lets Chromium speak to nobody but Tessera. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  projects: [
    { name: 'journeys', testDir: 'journeys' },
    // Takes the pictures of the documentation anew: `npx playwright test --config e2e/playwright.config.ts --project pictures`.
    { name: 'pictures', testDir: 'pictures', use: { deviceScaleFactor: 1.5 } },
  ],
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    trace: 'retain-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM_ARGUMENTS,
    },
  },
})
