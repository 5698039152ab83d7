import type { Ticket } from '@tessera/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Person } from '../ui/person.tsx'
import { Time } from '../ui/time.tsx'
import { AssignTicket } from './assign-ticket.tsx'
import { ChangePriority } from './change-priority.tsx'
import classes from './ticket.module.css'

/** Everything about a ticket that is not said in its conversation. */
export function TicketProperties({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <div className={classes.panel}>
      <section aria-label={t('ticket.sections.customer')}>
        <h2 className={classes.panelTitle}>{t('ticket.sections.customer')}</h2>
        <div className={classes.customer}>
          <Person name={ticket.customer.name} bare size="md" />
          <div>
            <p className={classes.customerName}>{ticket.customer.name}</p>
            {ticket.contact && ticket.contact.full_name !== ticket.customer.name && <p>{ticket.contact.full_name}</p>}
            {ticket.contact?.email && <p className={classes.address}>{ticket.contact.email}</p>}
          </div>
        </div>
      </section>
      <section aria-label={t('ticket.sections.properties')}>
        <h2 className={classes.panelTitle}>{t('ticket.sections.properties')}</h2>
        <dl className={classes.list}>
          <Property name={t('ticket.fields.assignee')}>
            <AssignTicket ticket={ticket} />
          </Property>
          <Property name={t('ticket.fields.priority')}>
            <ChangePriority ticket={ticket} />
          </Property>
          <Property name={t('ticket.fields.team')}>{ticket.team?.name}</Property>
          <Property name={t('ticket.fields.type')}>{t(`ticket.type.${ticket.ticket_type}`)}</Property>
          <Property name={t('ticket.fields.channel')}>{t(`ticket.channel.${ticket.source_channel}`)}</Property>
          <Property name={t('ticket.fields.sla')}>{t(`ticket.sla.${ticket.sla_category}`)}</Property>
          <Property name={t('ticket.fields.on_hold_reason')}>{ticket.on_hold_reason}</Property>
          <Property name={t('ticket.fields.resolution')}>
            {ticket.resolution_type && t(`ticket.resolution.${ticket.resolution_type}`)}
          </Property>
        </dl>
      </section>
      <section aria-label={t('ticket.sections.dates')}>
        <h2 className={classes.panelTitle}>{t('ticket.sections.dates')}</h2>
        <dl className={classes.list}>
          <Moment name={t('ticket.fields.created')} instant={ticket.created_at} />
          <Moment name={t('ticket.fields.updated')} instant={ticket.updated_at} />
          <Moment name={t('ticket.fields.due')} instant={ticket.due_date} />
          <Moment name={t('ticket.fields.first_response')} instant={ticket.first_response_date} />
          <Moment name={t('ticket.fields.resolved')} instant={ticket.resolution_date} />
          <Property name={t('ticket.fields.reopened')}>
            {ticket.reopen_count > 0 && t('ticket.times', { count: ticket.reopen_count })}
          </Property>
        </dl>
      </section>
    </div>
  )
}

/** Left out where there is nothing to say. */
function Property({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null
  return (
    <div className={classes.property}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Moment({ name, instant }: { name: string; instant: string | null }) {
  return <Property name={name}>{instant && <Time instant={instant} />}</Property>
}
