import { type Member, membershipsByEmail, openIdentity } from '../identity/index.ts'
import { OperatorError } from '../platform/settings-errors.ts'
import { loadSecretKey } from '../platform/settings-secret-key.ts'
import { type Command, readFlags, required, UsageError } from './command.ts'
import { withDatabase } from './connect.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
/** As long as the key that signed it is kept in any case. */
const LONGEST_S = 30 * SECONDS.d

export const tokenCommand: Command = {
  usage: 'token --as EMAIL [--company ID] [--ttl 15m]',
  summary: 'print a token that acts as a member, and nothing else',
  async run(args, { env, out }) {
    const flags = readFlags(args, { as: { type: 'string' }, company: { type: 'string' }, ttl: { type: 'string' } })
    const email = required(flags.as, '--as')
    const ttl = readDuration(flags.ttl ?? '15m')
    await withDatabase(env, async ({ settings, database, url, log }) => {
      const member = oneMember(await membershipsByEmail(database, email), email, flags.company)
      const secretKey = await loadSecretKey(settings)
      const identity = await openIdentity({ appUrl: settings.appUrl, secretKey, databaseUrl: url, database, log })
      try {
        const { token } = await identity.issueToken(member, { ttl })
        out(token)
      } finally {
        await identity.close()
      }
    })
  },
}

function oneMember(members: readonly Member[], email: string, company: string | undefined): Member {
  const possible = company === undefined ? members : members.filter(({ company_id }) => company_id === company)
  const [member, another] = possible
  if (!member) throw new OperatorError(`${email} is no active member of ${company ?? 'any company'}.`)
  if (another) {
    const ids = possible.map(({ company_id }) => company_id).join(', ')
    throw new OperatorError(`${email} is a member of several companies: choose one with --company (${ids}).`)
  }
  return member
}

/** `90s`, `15m`, `1h` or `7d`, in seconds. */
function readDuration(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? []
  const seconds = Number(digits) * (SECONDS[unit as keyof typeof SECONDS] ?? 0)
  if (seconds < 1 || seconds > LONGEST_S) {
    throw new UsageError(`--ttl must be a time such as 90s, 15m, 1h or 7d, at most 30d, but it is “${text}”.`)
  }
  return seconds
}
