import type { Activity } from '@tessera/contract'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/index.ts'
import { record } from '../platform/events/index.ts'
import { newId } from '../platform/ids.ts'
import { type ActivityRow, selectActivities, toActivity } from '../tickets/index.ts'

export type NewActivity = Pick<ActivityRow, 'activity_type' | 'activity_description' | 'is_internal'> &
  Partial<Omit<ActivityRow, 'company_id' | 'id' | 'ticket_id' | 'user_id' | 'created_at'>>

export async function insertActivity(tx: Tx, actor: Actor, ticket_id: string, activity: NewActivity): Promise<string> {
  const id = newId()
  const { to_emails = [], cc_emails = [], bcc_emails = [], attachments = [], ...fields } = activity
  await tx.db
    .insertInto('crm_ticket_activities')
    .values({
      customer_id: null,
      quoted_text: null,
      body_html: null,
      from_email: null,
      mail_message_id: null,
      threading_reason: null,
      ...fields,
      company_id: tx.company_id,
      id,
      ticket_id,
      user_id: actor.user_id,
      is_customer_visible: !activity.is_internal,
      to_emails: JSON.stringify(to_emails),
      cc_emails: JSON.stringify(cc_emails),
      bcc_emails: JSON.stringify(bcc_emails),
      attachments: JSON.stringify(attachments),
      created_at: tx.now,
    })
    .execute()
  return id
}

/** Records the activity as it now stands: once whatever belongs to it (its outgoing mail) is written too. */
export async function recordActivity(tx: Tx, actor: Actor, ticket_id: string, id: string): Promise<void> {
  const activity = await readActivity(tx, id)
  await record(tx, actor, { event: 'ticket.activity.created', ticket_id, data: { activity } })
}

export async function readActivity(tx: Tx, id: string): Promise<Activity> {
  return toActivity(await selectActivities(tx).where('a.id', '=', id).executeTakeFirstOrThrow())
}
