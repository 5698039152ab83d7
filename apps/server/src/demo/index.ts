import { findInboxByAddress } from '../inboxes/index.ts'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { createCompany } from '../tenants/index.ts'
import type { Tessera } from '../tessera.ts'
import { carryOut } from './carry-out.ts'
import { found } from './found.ts'
import { HOUR } from './hours.ts'
import { planSteps } from './plan.ts'
import { keepSheet, sheetPath, signInSheet, whereSheetIs } from './sign-in-sheet.ts'
import { COMPANY, FIRST_ADDRESS } from './staff.ts'

/** Before the first ticket. */
const FOUNDED_BEFORE = 64 * 24 * HOUR

/**
 * Makes the demo company with its people and two months of tickets, whole or not at all, unless it is there already.
 * Passwords are made for this installation and kept under `dataDir`. Returns what to tell the operator.
 */
export async function furnishDemo({ database }: Pick<Tessera, 'database'>, dataDir: string): Promise<string> {
  if (await findInboxByAddress(database, FIRST_ADDRESS)) return await present(dataDir)
  try {
    const sheet = await foundDemo(database, dataDir)
    return `${sheet}\nThis is kept in ${sheetPath(dataDir)}, readable by you alone.`
  } catch (error) {
    // Another process that started at the same moment made it first, or an administrator has put its inbox away.
    if (error instanceof DomainError && error.code === 'address_taken') return await present(dataDir)
    throw error
  }
}

async function present(dataDir: string): Promise<string> {
  return `The demo company ${COMPANY.name} is here already; ${await whereSheetIs(dataDir)}.`
}

async function foundDemo(database: Db, dataDir: string): Promise<string> {
  const now = database.clock.now()
  const beginning = new Date(Date.parse(now) - FOUNDED_BEFORE).toISOString()
  const inThePast: Db = { ...database, clock: { now: () => beginning } }
  const { sheet } = await createCompany(inThePast, COMPANY, async (tx, system) => {
    const founded = await found(tx, system)
    await carryOut(tx, founded, planSteps(now))
    const sheet = signInSheet(founded.passwords)
    // Before the commit: a company whose passwords nobody knows would be of no use.
    await keepSheet(dataDir, sheet)
    return { sheet }
  })
  return sheet
}
