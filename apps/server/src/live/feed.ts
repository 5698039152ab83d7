import type { EventName, SocketMessage } from '@tessera/contract'
import type { Db } from '../platform/db/index.ts'
import type { VisibilityFacts } from '../tickets/index.ts'

/** A delivered event on its way to those who may see it. */
export interface FeedItem {
  position: number
  company_id: string
  /** What decides who sees it now; null for events of the company that belong to no ticket. */
  ticket: VisibilityFacts | null
  /** The message for the wire, made once for all who get it. */
  text: string
}

export const FEED_PAGE = 500

interface FeedRow extends VisibilityFacts {
  position: number
  company_id: string
  id: string
  event: EventName
  occurred_at: string
  data: SocketMessage['data']
  ticket_id: string | null
}

const SELECT = `
  select e.position, e.company_id, e.id, e.event, e.occurred_at, e.data, e.ticket_id,
         t.team_id, t.assigned_to_user_id, t.created_by_user_id
  from events e left join crm_support_tickets t on t.company_id = e.company_id and t.id = e.ticket_id
  where e.position > $1`

/** The next delivered events of all companies, in order. */
export async function readFeed(database: Db, after: number): Promise<FeedItem[]> {
  const { rows } = await database.system.query<FeedRow>({
    name: 'tessera_feed',
    text: `${SELECT} order by e.position limit ${FEED_PAGE}`,
    values: [after],
  })
  return rows.map(toItem)
}

/** The next delivered events of one company, for somebody who was away. */
export async function readCompanyFeed(database: Db, company_id: string, after: number): Promise<FeedItem[]> {
  const { rows } = await database.system.query<FeedRow>({
    name: 'tessera_company_feed',
    text: `${SELECT} and e.company_id = $2 order by e.position limit ${FEED_PAGE}`,
    values: [after, company_id],
  })
  return rows.map(toItem)
}

/** Where the feed ends now. */
export async function lastPosition(database: Db): Promise<number> {
  const { rows } = await database.system.query<{ position: number | null }>(
    'select max(position) as position from events',
  )
  return rows[0]?.position ?? 0
}

/** Where an event stands in the feed; undefined where the company has no such event. */
export async function positionOf(database: Db, company_id: string, event_id: string): Promise<number | undefined> {
  const { rows } = await database.system.query<{ position: number | null }>({
    name: 'tessera_event_position',
    text: 'select position from events where company_id = $1 and id = $2',
    values: [company_id, event_id],
  })
  return rows[0]?.position ?? undefined
}

function toItem(row: FeedRow): FeedItem {
  const { position, company_id, id: event_id, event, occurred_at, data, ticket_id, ...ticket } = row
  const message: SocketMessage = { event, event_id, occurred_at, company_id, data }
  return { position, company_id, ticket: ticket_id ? ticket : null, text: JSON.stringify(message) }
}
