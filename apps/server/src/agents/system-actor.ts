import { ROLE_PERMISSIONS } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'

/** The company's system user, who acts where no person does: mail, rules, timers. Every company has exactly one. */
export async function systemActor(tx: Tx): Promise<Actor> {
  const { id } = await tx.db
    .selectFrom('users')
    .select('id')
    .where('company_id', '=', tx.company_id)
    .where('role', '=', 'system')
    .executeTakeFirstOrThrow()
  return {
    user_id: id,
    company_id: tx.company_id,
    role: 'system',
    permissions: new Set(ROLE_PERMISSIONS.system),
    team_ids: [],
    request_id: null,
    ip_address: null,
  }
}
