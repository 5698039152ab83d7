import { Link } from '@tanstack/react-router'
import type { TicketSummary } from '@tessera/contract'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Person } from '../ui/person.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import table from '../ui/table.module.css'
import { Time } from '../ui/time.tsx'
import { PriorityTag, StatusTag } from './faces.tsx'
import classes from './tickets.module.css'

interface TicketTableProps {
  tickets: readonly TicketSummary[]
  /** The page shown is the previous one, while the next is under way. */
  dimmed: boolean
}

/** A dense table; on a telephone each row becomes a card. `j` and `k` walk over the rows, Enter opens. */
export function TicketTable({ tickets, dimmed }: TicketTableProps) {
  const { t } = useTranslation()
  const body = useRef<HTMLTableSectionElement>(null)

  function walk(step: 1 | -1) {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])]
    const here = links.findIndex((link) => link.matches(':focus'))
    const next = here < 0 ? links[step > 0 ? 0 : links.length - 1] : links[here + step]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useShortcuts({ j: () => walk(1), k: () => walk(-1) })

  return (
    <table className={`${table.table} ${classes.table}`} data-dimmed={dimmed || undefined} aria-busy={dimmed}>
      <caption className={classes.caption}>{t('tickets.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ticket.fields.number')}</th>
          <th scope="col">{t('ticket.fields.subject')}</th>
          <th scope="col">{t('ticket.fields.customer')}</th>
          <th scope="col">{t('ticket.fields.status')}</th>
          <th scope="col">{t('ticket.fields.priority')}</th>
          <th scope="col">{t('ticket.fields.assignee')}</th>
          <th scope="col" className={table.end}>
            {t('ticket.fields.updated')}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {tickets.map((ticket) => (
          <TicketRow key={ticket.id} ticket={ticket} />
        ))}
      </tbody>
    </table>
  )
}

function TicketRow({ ticket }: { ticket: TicketSummary }) {
  const { t } = useTranslation()
  const over = ticket.status === 'resolved' || ticket.status === 'closed'
  return (
    <tr className={classes.row} data-over={over || undefined}>
      <td className={`${table.number} ${classes.number}`}>{ticket.ticket_number}</td>
      <td className={classes.subject}>
        <Link to="/tickets/$id" params={{ id: ticket.id }} className={classes.open} data-row>
          <span className={table.clip}>{ticket.subject}</span>
        </Link>
      </td>
      <td className={classes.customer}>
        <span className={table.clip}>{ticket.customer.name}</span>
      </td>
      <td className={classes.status}>
        <StatusTag status={ticket.status} />
      </td>
      <td className={classes.priority}>
        <PriorityTag priority={ticket.priority} />
      </td>
      <td className={classes.assignee}>
        {ticket.assigned_to ? (
          <Person name={ticket.assigned_to.full_name} />
        ) : (
          <span className={classes.nobody}>{t('ticket.unassigned')}</span>
        )}
      </td>
      <td className={`${table.number} ${table.end} ${classes.updated}`}>
        <Time instant={ticket.updated_at} format="short" />
      </td>
    </tr>
  )
}
