import { become } from './become.mjs'
import { ensureBuilt } from './ensure-build.mjs'
import { ensureInstalled, orRefuse } from './ensure-install.mjs'

// Idle, the server then takes 30 MB less, of the 400 that everything together may take.
const SMALL_NURSERY = '--max-semi-space-size=8'

const args = process.argv.slice(2)

await orRefuse(async () => {
  ensureInstalled()
  if (args.includes('--dev')) {
    const { develop } = await import('./develop.mjs')
    develop(args.filter((arg) => arg !== '--dev'))
  } else {
    ensureBuilt()
    become('apps/server/src/main.ts', args, [SMALL_NURSERY])
  }
})
