import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const LONGEST = 400
const WORTH_A_LOOK = 250
const FORBIDDEN = /^(utils?|helpers?|commons?|managers?)$/
/** What tools leave behind, and what an installation keeps. */
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'test-results', 'playwright-report', '.git', '.cache'])

/**
 * Every file of the project below `roots`, by its path from `dir` with forward slashes, in order.
 * @param {string} dir
 * @param {readonly string[]} [roots]
 * @returns {Promise<string[]>}
 */
export async function listFiles(dir, roots = ['']) {
  const found = await Promise.all(roots.map((root) => walk(dir, root)))
  return found.flat().sort()
}

async function walk(dir, from) {
  const entries = await readdir(join(dir, from), { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !NOT_OURS.has(name))
      .map((entry) => {
        const path = from ? `${from}/${entry.name}` : entry.name
        return entry.isDirectory() ? walk(dir, path) : [path]
      }),
  )
  return found.flat()
}

/**
 * Holds names and lengths of the files in `dir` against the house's rules.
 * @param {string} dir
 * @returns {Promise<{ complaints: string[], remarks: string[] }>}
 */
export async function checkFiles(dir) {
  const complaints = []
  const remarks = []
  for (const path of await listFiles(dir)) {
    const bad = path
      .split('/')
      .flatMap((part) => part.split(/[-_.]/))
      .find((word) => FORBIDDEN.test(word.toLowerCase()))
    if (bad) complaints.push(`${path}: “${bad}” says nothing about what is in it`)
    if (!/[.](ts|tsx|mjs)$/.test(path)) continue
    const lines = (await readFile(join(dir, path), 'utf8')).split('\n').length - 1
    if (lines > LONGEST) complaints.push(`${path}: ${lines} lines, at most ${LONGEST} are allowed`)
    else if (lines > WORTH_A_LOOK) remarks.push(`${path}: ${lines} lines, is there a second thing in it?`)
  }
  return { complaints, remarks }
}

if (import.meta.filename === process.argv[1]) {
  const { complaints, remarks } = await checkFiles(resolve(import.meta.dirname, '..'))
  for (const remark of remarks) console.log(remark)
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length > 0 ? 1 : 0
}
