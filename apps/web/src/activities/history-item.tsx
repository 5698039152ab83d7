import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TicketEvent } from '@tessera/contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../directory/queries.ts'
import { Time } from '../ui/time.tsx'
import classes from './conversation.module.css'
import { describeEvent } from './describe-change.ts'

/** One change in a line; several behind a button that says how many. */
export function HistoryItem({ events }: { events: TicketEvent[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  const [only] = events
  if (events.length === 1 && only) {
    return (
      <div className={classes.history}>
        <HistoryLine event={only} />
      </div>
    )
  }
  return (
    <div className={classes.history}>
      <UnstyledButton className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden className={classes.caret} data-open={open || undefined} />
        {t('history.count', { count: events.length })}
      </UnstyledButton>
      <ul id={id} hidden={!open} className={classes.lines}>
        {events.map((event) => (
          <li key={event.id}>
            <HistoryLine event={event} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function HistoryLine({ event }: { event: TicketEvent }) {
  const { t, i18n } = useTranslation()
  const users = useQuery(usersQuery)
  const nameOf = (id: string) => users.data?.find((user) => user.id === id)?.full_name
  const parts = describeEvent(event, { t, nameOf })
  const sentence = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(parts)
  return (
    <p className={classes.line}>
      <strong>{event.actor.full_name}</strong> {sentence} <span className={classes.at}>·</span>{' '}
      <Time instant={event.occurred_at} />
    </p>
  )
}
