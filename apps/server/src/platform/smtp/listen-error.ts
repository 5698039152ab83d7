import { OperatorError } from '../settings-errors.ts'

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is already in use. Stop the program that uses it, or set SMTP_PORT to another port.',
  EACCES: 'this user may not use it. Set SMTP_PORT to a port from 1024 on.',
  EADDRNOTAVAIL: 'this machine does not have that address. Set SMTP_HOST to one it has.',
  ENOTFOUND: 'that name is not known. Set SMTP_HOST to an address of this machine.',
}

/** Why the port could not be taken and what to write instead, in one sentence; an unforeseen error stays as it is. */
export function listenError(error: Error, host: string, port: number): Error {
  const problem = 'code' in error && PROBLEMS[String(error.code)]
  if (!problem) return error
  return new OperatorError(`Mail cannot be received on ${host}, port ${port}: ${problem}`, { cause: error })
}
