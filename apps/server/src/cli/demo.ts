import { furnishDemo } from '../demo/index.ts'
import { type Command, readFlags } from './command.ts'
import { withDatabase } from './connect.ts'

export const demoCommand: Command = {
  usage: 'demo',
  summary: 'furnish a demo company with two months of tickets, once, and print how to sign in',
  async run(args, { env, out }) {
    readFlags(args, {})
    await withDatabase(env, async ({ database, settings }) => out(await furnishDemo({ database }, settings.dataDir)))
  },
}
