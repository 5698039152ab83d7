import type { Tx } from '../platform/db/index.ts'
import type { TicketRow } from '../tickets/index.ts'

/**
 * Notes on a ticket that something was added to it. That is no edit: the version stays, so that a colleague's change in
 * hand is not refused because of it.
 */
export async function touchTicket(
  tx: Tx,
  id: string,
  fields: Partial<Pick<TicketRow, 'first_response_date'>> = {},
): Promise<void> {
  await tx.db
    .updateTable('crm_support_tickets')
    .set({ ...fields, updated_at: tx.now })
    .where('company_id', '=', tx.company_id)
    .where('id', '=', id)
    .execute()
}
