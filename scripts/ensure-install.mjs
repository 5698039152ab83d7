import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs under whatever Node.js the machine has: plain JavaScript, nothing but what Node.js brings.

const OLDEST = [20, 19]

export const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** Where npm puts the Node.js that Tessera runs on. */
export function bundledNode(project = PROJECT) {
  return join(project, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** What the operator has to know, in one sentence. */
export class Refusal extends Error {}

/** Runs a program's steps; a refusal ends it with its sentence and code 1, without a stack. */
export async function orRefuse(steps) {
  try {
    await steps()
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error)
    process.exit(1)
  }
}

/** Installs what package-lock.json asks for, where it is not there already. Says so on standard error. */
export function ensureInstalled(project = PROJECT) {
  requireNode(process.versions.node)
  if (isInstalled(project)) return
  console.error('Installing what Tessera needs; this takes about a minute …')
  // `node` and the build tools are development dependencies, which NODE_ENV=production would leave out.
  const { output, failure } = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], project)
  if (failure !== undefined) {
    throw new Refusal(
      `The packages could not be installed (${reasonIn(output) ?? failure}): run \`npm ci\` to see more.`,
    )
  }
  if (!isInstalled(project)) {
    throw new Refusal(
      'npm installed the packages without running their install scripts: run `npm ci --ignore-scripts=false`, and start again.',
    )
  }
}

/** The first thing npm says about its failure, without the code that it begins with. */
function reasonIn(output) {
  const said = [...output.matchAll(/^npm error (?!code |errno |syscall )(.+)$/gm)].map(([, words]) => words)
  return said[0]?.replace(/\.$/, '')
}

/** @param {string} version such as 20.19.0 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  throw new Refusal(
    `Tessera needs Node.js ${OLDEST.join('.')} or newer to start, and this is ${version}: install the current one from https://nodejs.org.`,
  )
}

/**
 * Whether node_modules is what package-lock.json asks for, by the record that npm keeps of what it installed: it is written
 * last, so an install that was cut short does not count. Packages for other machines may be missing.
 */
export function isInstalled(project) {
  const wanted = readLock(join(project, 'package-lock.json'))
  const present = readLock(join(project, 'node_modules', '.package-lock.json'))
  if (wanted === undefined || present === undefined || !existsSync(bundledNode(project))) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = present[path]
    return path === '' || (found === undefined ? optional === true : found.version === version)
  })
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch (error) {
    if (error instanceof SyntaxError || error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Runs the machine's npm; what it printed is worth reading only where it failed. */
export function npm(args, cwd = PROJECT) {
  // Without node_modules/.bin, whose `node` goes away while npm installs.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.endsWith(join('node_modules', '.bin')))
  const { error, status, signal, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path.join(delimiter) },
    maxBuffer: 64 * 1024 * 1024,
    shell: sep === '\\',
  })
  if (error?.code === 'ENOENT') throw new Refusal('npm was not found on the PATH: install it together with Node.js.')
  if (error !== undefined) throw error
  return { output: stdout + stderr, failure: status === 0 ? undefined : `ended with ${signal ?? `code ${status}`}` }
}
