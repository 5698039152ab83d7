import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Refusal } from './ensure-install.mjs'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const ELSEWHERE = [
  '/usr/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The path of a Chromium: the one that CHROMIUM names, the machine's, Playwright's own, or else Debian's package, which is
 * installed where that is possible. Progress goes to standard error.
 * @throws {Refusal} with what to do, where there is none.
 */
export async function ensureChromium(env = process.env) {
  const present = await findChromium(env)
  if (present) return present
  if (process.getuid?.() === 0 && onPath('apt-get', env)) {
    console.error('Installing Chromium, which the browser journeys need …')
    apt(['update'])
    apt(['install', '-y', '--no-install-recommends', 'chromium'])
    const installed = await findChromium(env)
    if (installed) return installed
  }
  throw new Refusal(
    'The browser journeys need Chromium: install it (on Debian: `apt-get install chromium` as root), or say in CHROMIUM where one is, and run `npm test` again.',
  )
}

/** @returns {Promise<string | undefined>} */
export async function findChromium(env = process.env) {
  if (env.CHROMIUM) {
    if (isProgram(env.CHROMIUM)) return env.CHROMIUM
    throw new Refusal(`CHROMIUM must be the path of a Chromium, but there is no program at “${env.CHROMIUM}”.`)
  }
  for (const command of COMMANDS) {
    const path = onPath(command, env) ?? ELSEWHERE.map((place) => join(place, command)).find(isProgram)
    if (path) return path
  }
  return ELSEWHERE.find(isProgram) ?? (await playwrightsOwn())
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return isProgram(path) ? path : undefined
}

function onPath(command, env) {
  const places = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return places.map((place) => join(place, command)).find(isProgram)
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** What it prints is progress; whether it worked is seen by what is there afterwards. */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] })
}
