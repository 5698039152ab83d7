import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { npm, PROJECT, Refusal } from './ensure-install.mjs'

const WEB = join('apps', 'web')
const SOURCES = [WEB, join('packages', 'contract', 'src'), 'package-lock.json']
const NOT_SOURCES = new Set(['dist', 'node_modules'])

/** Builds the web app where it is not built, or older than what it is built from. Says so on standard error. */
export function ensureBuilt(project = PROJECT) {
  if (!existsSync(join(project, WEB, 'index.html')) || isBuilt(project)) return
  console.error('Building the web app …')
  const { output, failure } = npm(['run', 'build', '--workspace=@tessera/web', '--silent'], project)
  if (failure === undefined) return
  throw new Refusal(`${output}The web app could not be built (npm run build ${failure}): see above, and start again.`)
}

export function isBuilt(project) {
  const page = statSync(join(project, WEB, 'dist', 'index.html'), { throwIfNoEntry: false })
  return page !== undefined && SOURCES.every((path) => newest(join(project, path)) <= page.mtimeMs)
}

/** When the file, or anything below the directory, was last changed, in milliseconds. */
function newest(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  const below = readdirSync(path).filter((name) => !NOT_SOURCES.has(name))
  // A directory changes with what is added to it or removed; the one that holds `dist` changes with each build.
  const own = existsSync(join(path, 'dist')) ? 0 : stats.mtimeMs
  return Math.max(own, ...below.map((name) => newest(join(path, name))))
}
