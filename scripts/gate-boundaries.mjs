import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { listFiles } from './gate-files.mjs'

const CONFIGURATION = resolve(import.meta.dirname, '../.dependency-cruiser.cjs')
const ROOTS = ['apps', 'packages', 'e2e', 'bench', 'scripts']
/** Fewer than this, and the cruiser did not look at this project. */
const FEWEST_MODULES = 200

/**
 * Holds the project in `dir` against the rules. Each complaint is a sentence; none means that all is well.
 * @param {string} dir
 * @param {object} [overrides] of the configuration's options
 */
export async function checkBoundaries(dir, overrides = {}) {
  const options = { ...(await extractOptions(CONFIGURATION)), ...overrides }
  const roots = ROOTS.filter((root) => existsSync(resolve(dir, root)))
  const { output } = await cruise(roots, { ...options, baseDir: dir })
  const { modules, summary } = output
  const complaints = summary.violations.map(({ rule, from, to, cycle = [] }) => {
    const way = [from, ...(cycle.length > 0 ? cycle.map(({ name }) => name) : [to])]
    return `${rule.name}: ${[...new Set(way)].join(' → ')}`
  })
  return { complaints: [...complaints, ...(await unread(dir, roots, modules))], modules }
}

/** A cruiser that reads nothing finds nothing wrong: every source must be among its modules, with what it imports. */
async function unread(dir, roots, modules) {
  const seen = new Map(modules.map(({ source, dependencies }) => [source, dependencies.length]))
  const complaints = []
  for (const path of await listFiles(dir, roots)) {
    if (!/[.](ts|tsx|mjs)$/.test(path)) continue
    const dependencies = seen.get(path)
    if (dependencies === undefined) complaints.push(`unread: ${path} was not looked at`)
    else if (dependencies === 0 && /^(import|export) .*from '/m.test(await readFile(resolve(dir, path), 'utf8')))
      complaints.push(`unread: ${path} imports something that was not seen`)
  }
  return complaints
}

if (import.meta.filename === process.argv[1]) {
  const { complaints, modules } = await checkBoundaries(resolve(import.meta.dirname, '..'))
  const ours = modules.filter(({ source }) => ROOTS.some((root) => source.startsWith(`${root}/`)))
  if (ours.length < FEWEST_MODULES)
    complaints.push(`unread: only ${ours.length} modules, at least ${FEWEST_MODULES} are due`)
  for (const complaint of complaints) console.error(complaint)
  console.log(`${ours.length} modules, ${ours.reduce((sum, { dependencies }) => sum + dependencies.length, 0)} imports`)
  process.exitCode = complaints.length > 0 ? 1 : 0
}
