import { become } from './become.mjs'
import { ensureBuilt } from './ensure-build.mjs'
import { ensureInstalled, orRefuse } from './ensure-install.mjs'

const args = process.argv.slice(2)

await orRefuse(async () => {
  ensureInstalled()
  if (args.includes('--dev')) {
    const { develop } = await import('./develop.mjs')
    develop(args.filter((arg) => arg !== '--dev'))
  } else {
    ensureBuilt()
    become('apps/server/src/main.ts', args)
  }
})
