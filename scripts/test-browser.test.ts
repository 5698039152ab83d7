import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from './test-browser.mjs'

let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'tessera-browser-'))
  for (const name of ['google-chrome', 'not-to-run']) await writeFile(join(place, name), '')
  await chmod(join(place, 'google-chrome'), 0o755)
})
afterAll(() => rm(place, { recursive: true, force: true }))

describe('the browser of the journeys', () => {
  it('is the one that CHROMIUM names, before any other', () => {
    expect(findChromium({ CHROMIUM: process.execPath, PATH: place }, [])).toBe(process.execPath)
  })

  it('is found on the PATH, or where programs usually are', () => {
    expect(findChromium({ PATH: place }, [])).toBe(join(place, 'google-chrome'))
    expect(findChromium({ PATH: '' }, [place])).toBe(join(place, 'google-chrome'))
  })

  it('is asked for by name where CHROMIUM names no program', () => {
    for (const wrong of [join(place, 'gone'), join(place, 'not-to-run'), place]) {
      expect(() => findChromium({ CHROMIUM: wrong })).toThrow(`there is no program at “${wrong}”`)
    }
  })
})
