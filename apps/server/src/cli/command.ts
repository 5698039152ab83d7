import type { ParseArgsOptionsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { messageOf } from '../platform/settings-data-dir.ts'
import { OperatorError } from '../platform/settings-errors.ts'

/** Where a command reads its settings and writes: `out` takes results alone, `tell` what a person may want to know. */
export interface Surroundings {
  env: NodeJS.ProcessEnv
  out(line: string): void
  tell(line: string): void
}

export interface Command {
  /** What follows `tessera`. */
  usage: string
  summary: string
  run(args: readonly string[], surroundings: Surroundings): Promise<void>
}

/** A command line that cannot be understood: its usage is shown after the message. */
export class UsageError extends OperatorError {
  override name = 'UsageError'
}

/**
 * Reads the flags of a command; there are no arguments without a flag.
 * @throws {UsageError} where one is unknown, or lacks its value.
 */
export function readFlags<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const [sentence = ''] = messageOf(error).split(/\.? To specify|\n/)
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`)
  }
}

/** @throws {UsageError} where the flag was not given, or is blank. */
export function required(value: string | undefined, flag: string): string {
  const text = value?.trim() ?? ''
  if (text === '') throw new UsageError(`${flag} is missing.`)
  return text
}
