/** An error whose message is all an operator needs to read: shown without a stack, and the process ends with code 1. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}

/** One or more settings that are missing, malformed or unusable. */
export class SettingError extends OperatorError {
  override name = 'SettingError'
  /** One sentence for each wrong setting: which one it is, and what to write. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
