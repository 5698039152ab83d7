import { DomainError } from '../platform/errors.ts'
import { createCompany } from '../tenants/index.ts'
import { type Command, readFlags, required, UsageError } from './command.ts'
import { withDatabase } from './connect.ts'

const LONGEST_NAME = 100

export const companyCreateCommand: Command = {
  usage: 'company create --name NAME --time-zone ZONE',
  summary: 'create a company and print its id',
  async run(args, { env, out, tell }) {
    const flags = readFlags(args, { name: { type: 'string' }, 'time-zone': { type: 'string' } })
    const name = required(flags.name, '--name')
    const time_zone = required(flags['time-zone'], '--time-zone')
    if (name.length > LONGEST_NAME) throw new UsageError(`--name may have at most ${LONGEST_NAME} characters.`)
    await withDatabase(env, async ({ database }) => {
      const { company_id } = await createCompany(database, { name, time_zone }).catch((error: unknown) => {
        if (!(error instanceof DomainError) || error.code !== 'validation_failed') throw error
        throw new UsageError(
          `--time-zone must be the name of a time zone such as Europe/Berlin, but it is “${time_zone}”.`,
        )
      })
      out(company_id)
      tell(`Created ${name}. Next: tessera user create --company ${company_id} --email … --name … --role …`)
    })
  },
}
