import { ensureInstalled, orRefuse } from './ensure-install.mjs'

// Before `npm start`, under the machine's own Node.js; what follows runs on the one that this brings, so that nothing of the
// older one stays in memory beside it.
await orRefuse(async () => ensureInstalled())
