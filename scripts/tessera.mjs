#!/usr/bin/env node
import { become } from './become.mjs'
import { ensureInstalled, orRefuse } from './ensure-install.mjs'

await orRefuse(async () => {
  ensureInstalled()
  become('apps/server/src/cli/main.ts', process.argv.slice(2))
})
