import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.1, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

/** Evaluated in the page, whose names are not known here. */
const BEYOND_THE_EDGE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: DESKTOP },
  { name: 'dark', colorScheme: 'dark', viewport: DESKTOP },
  { name: 'dark, phone', colorScheme: 'dark', viewport: PHONE },
  { name: 'light, phone', colorScheme: 'light', viewport: PHONE },
] as const

/** Holds what the page shows now against WCAG, in light and dark, on a desk and in a hand; lets the journey go on. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const { name, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
    )
    expect.soft(found, `${screen}, ${name}`).toEqual([])
    expect.soft(await page.evaluate<number>(BEYOND_THE_EDGE), `${screen}, ${name}: pixels beyond the edge`).toBe(0)
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  await page.setViewportSize(DESKTOP)
}
