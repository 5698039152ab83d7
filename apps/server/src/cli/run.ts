import { DomainError } from '../platform/errors.ts'
import { OperatorError } from '../platform/settings-errors.ts'
import { type Command, type Surroundings, UsageError } from './command.ts'
import { companyCreateCommand } from './company-create.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { migrateCommand } from './migrate.ts'
import { tokenCommand } from './token.ts'
import { userCreateCommand } from './user-create.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: migrateCommand,
  token: tokenCommand,
  'company create': companyCreateCommand,
  'user create': userCreateCommand,
  demo: demoCommand,
  doctor: doctorCommand,
}

const USAGE = [
  'Usage:',
  ...Object.values(COMMANDS).map(({ usage, summary }) => `  tessera ${usage}\n      ${summary}`),
].join('\n')

/** Runs one command line and returns the exit code: 1 where it was refused, with a sentence that says why. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<0 | 1> {
  if (args[0] === '--help' || args[0] === 'help') {
    surroundings.out(USAGE)
    return 0
  }
  const found = find(args)
  if (!found) {
    surroundings.tell(args.length === 0 ? 'Say what to do.' : `There is no command “${args.slice(0, 2).join(' ')}”.`)
    surroundings.tell(USAGE)
    return 1
  }
  try {
    await found.command.run(found.rest, surroundings)
    return 0
  } catch (error) {
    if (!(error instanceof OperatorError || error instanceof DomainError)) throw error
    surroundings.tell(error.message)
    if (error instanceof UsageError) surroundings.tell(`Usage: tessera ${found.command.usage}`)
    return 1
  }
}

function find(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command) return { command, rest: args.slice(words) }
  }
  return undefined
}
