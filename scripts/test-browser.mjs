import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { PROJECT, Refusal } from './ensure-install.mjs'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const USUAL_PLACES = ['/usr/bin', '/usr/local/bin', '/snap/bin']
const ON_MACOS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The path of a Chromium: the one that CHROMIUM names, the machine's, Playwright's own, or else Debian's package, which is
 * installed where that is possible. Progress goes to standard error.
 * @throws {Refusal} with what to do, where there is none.
 */
export function ensureChromium(env = process.env) {
  const present = findChromium(env)
  if (present) return present
  if (process.getuid?.() === 0 && programs(['apt-get'], env).some(isProgram)) {
    console.error('Installing Chromium, which the browser journeys need …')
    apt(['update'], env)
    apt(['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], env)
    const installed = findChromium(env)
    if (installed) return installed
  }
  throw new Refusal(
    'The browser journeys need Chromium: install it (on Debian: `apt-get install chromium` as root), or say in CHROMIUM where one is, and run `npm test` again.',
  )
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [places] where programs are, beside PATH
 * @returns {string | undefined}
 */
export function findChromium(env, places = USUAL_PLACES) {
  if (env.CHROMIUM) {
    if (isProgram(env.CHROMIUM)) return env.CHROMIUM
    throw new Refusal(`CHROMIUM must be the path of a Chromium, but there is no program at “${env.CHROMIUM}”.`)
  }
  return [...programs(COMMANDS, env, places), ...ON_MACOS, playwrightsOwn()].find(isProgram)
}

function programs(names, env, places = USUAL_PLACES) {
  const directories = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...places]
  return names.flatMap((name) => directories.map((directory) => join(directory, name)))
}

function playwrightsOwn() {
  return createRequire(join(PROJECT, 'e2e', 'package.json'))('@playwright/test').chromium.executablePath()
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Whether it worked is seen by what is there afterwards. */
function apt(args, env) {
  spawnSync('apt-get', ['-q', ...args], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
  })
}
