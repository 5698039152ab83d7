import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDataDir, readIfExists } from '../platform/settings-data-dir.ts'
import { COMPANY, type Person } from './staff.ts'

/** How people sign in to the demo, in words to be printed and kept. */
export function signInSheet(passwords: ReadonlyMap<Person, string | null>): string {
  const lines = Array.from(passwords, ([{ email, role }, password]) =>
    ['  ', email.padEnd(22), role.replace('_', ' ').padEnd(22), password ?? '(the password it has already)'].join(''),
  )
  return [
    `Sign in to the demo company ${COMPANY.name} with one of these addresses and its password:`,
    ...lines,
    'At the first sign-in you enrol a second factor with an authenticator app.',
  ].join('\n')
}

/** Keeps the sheet for its owner's eyes; whatever an earlier installation left there is replaced. */
export async function keepSheet(dataDir: string, sheet: string): Promise<void> {
  await makeDataDir(dataDir)
  await rm(sheetPath(dataDir), { force: true })
  await writeFile(sheetPath(dataDir), `${sheet}\n`, { mode: 0o600, flag: 'wx' })
}

export async function whereSheetIs(dataDir: string): Promise<string> {
  const path = sheetPath(dataDir)
  if ((await readIfExists(path)) !== undefined) return `how to sign in is written in ${path}`
  return `its passwords were printed when it was made, and ${path}, where they were kept, is gone`
}

export function sheetPath(dataDir: string): string {
  return join(dataDir, 'demo-sign-in.txt')
}
