import { OperatorError } from './settings-errors.ts'

/** What was to listen, and the settings that say where. */
export interface Listener {
  /** How the sentence begins: `Mail cannot be received`. */
  failure: string
  host: string
  port: number
  host_setting: string
  port_setting: string
}

/** Why the port could not be taken and what to write instead, in one sentence; an unforeseen error stays as it is. */
export function listenError(error: Error, { failure, host, port, host_setting, port_setting }: Listener): Error {
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: `it is already in use. Stop the program that uses it, or set ${port_setting} to another port.`,
    EACCES: `this user may not use it. Set ${port_setting} to a port from 1024 on.`,
    EADDRNOTAVAIL: `this machine does not have that address. Set ${host_setting} to one it has.`,
    ENOTFOUND: `that name is not known. Set ${host_setting} to an address of this machine.`,
  }
  const problem = 'code' in error && problems[String(error.code)]
  if (!problem) return error
  return new OperatorError(`${failure} on ${host}, port ${port}: ${problem}`, { cause: error })
}
