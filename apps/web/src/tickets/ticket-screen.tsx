import { ActionIcon, Drawer, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Ticket } from '@tessera/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../activities/composer.tsx'
import { Conversation } from '../activities/conversation.tsx'
import { ScreenFailure } from '../app/failure.tsx'
import { useStore } from '../app/store.ts'
import { useMe } from '../session/queries.ts'
import { ScreenHeading } from '../ui/screen-heading.tsx'
import { ChangeStatus } from './change-status.tsx'
import { leftListAt } from './list-search.ts'
import { ticketQuery } from './queries.ts'
import classes from './ticket.module.css'
import { TicketProperties } from './ticket-properties.tsx'

const route = getRouteApi('/_shell/tickets/$id')

export function TicketScreen() {
  const { id } = route.useParams()
  const ticket = useQuery(ticketQuery(id))
  if (ticket.data) return <TicketView key={id} ticket={ticket.data} />
  if (ticket.isError) return <ScreenFailure error={ticket.error} onRetry={() => ticket.refetch()} />
  return <Waiting />
}

function TicketView({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const me = useMe()
  const wide = useMediaQuery('(min-width: 68em)', undefined, { getInitialValueInEffect: false })
  const [details, setDetails] = useState(false)
  const activities = ticket.activities ?? []

  return (
    <div className={classes.ticket}>
      <div className={classes.main}>
        <header className={classes.header}>
          <BackToList />
          <ScreenHeading title={`${ticket.ticket_number} ${ticket.subject}`}>
            <span className={classes.number}>{ticket.ticket_number}</span>{' '}
            <span className={classes.subject}>{ticket.subject}</span>
          </ScreenHeading>
          <div className={classes.controls}>
            <ChangeStatus ticket={ticket} />
            {!wide && (
              <ActionIcon variant="default" size={30} aria-label={t('ticket.details')} onClick={() => setDetails(true)}>
                <IconInfoCircle size={17} aria-hidden />
              </ActionIcon>
            )}
          </div>
        </header>
        <Conversation
          description={unsaidDescription(ticket)}
          activities={activities}
          history={ticket.history ?? []}
          reader_id={me.user.id}
        />
        <Composer ticket={ticket} />
      </div>
      {wide ? (
        <aside className={classes.aside} aria-label={t('ticket.details')}>
          <TicketProperties ticket={ticket} />
        </aside>
      ) : (
        <Drawer
          opened={details}
          onClose={() => setDetails(false)}
          position="right"
          size={340}
          title={t('ticket.details')}
          closeButtonProps={{ 'aria-label': t('form.close') }}
        >
          <TicketProperties ticket={ticket} />
        </Drawer>
      )}
    </div>
  )
}

/** A mail opens a ticket with its own text; a ticket made otherwise is described by no message. */
function unsaidDescription({ description, activities = [] }: Ticket): string | undefined {
  const said = activities.some(({ activity_description }) => activity_description.trim() === description.trim())
  return said ? undefined : description
}

function BackToList() {
  const { t } = useTranslation()
  const search = useStore(leftListAt)
  return (
    <Link to="/tickets" search={search} className={classes.back} aria-label={t('ticket.back')}>
      <IconArrowLeft size={17} aria-hidden />
    </Link>
  )
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden>
      <Skeleton height={18} width="46%" />
      <Skeleton height={110} />
      <Skeleton height={84} />
    </div>
  )
}
