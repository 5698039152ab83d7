import { UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { OUTBOUND_STATES, type OutboundMessage } from '@tessera/contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Delivery } from '../activities/delivery.tsx'
import { ScreenFailure } from '../app/failure.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { LinkedText } from '../ui/linked-text.tsx'
import { Pager } from '../ui/pager.tsx'
import { Screen } from '../ui/screen.tsx'
import { Time } from '../ui/time.tsx'
import classes from './mail.module.css'
import { outboxQuery } from './queries.ts'

const route = getRouteApi('/_shell/outbox')

/** Every mail Tessera sent, keeps, or is still trying to send. */
export function OutboxScreen() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mails = useQuery(outboxQuery(search))
  const total = mails.data?.pagination.total_count

  return (
    <Screen
      title={t('navigation.outbox')}
      count={total === undefined ? undefined : t('mail.count', { count: total })}
      tools={
        <FilterBar>
          <FilterChip
            label={t('mail.state_label')}
            options={OUTBOUND_STATES.map((value) => ({ value, label: t(`mail.delivery.${value}`) }))}
            chosen={search.state ?? []}
            onChange={(state) => navigate({ search: state.length > 0 ? { state } : {} })}
          />
        </FilterBar>
      }
    >
      {mails.isError && <ScreenFailure error={mails.error} onRetry={() => mails.refetch()} />}
      {mails.data?.results.length === 0 && (
        <EmptyState icon={IconSend} title={t('outbox.none_title')} text={t('outbox.none_text')} />
      )}
      {mails.data && mails.data.results.length > 0 && (
        <>
          <ul className={classes.list} aria-label={t('navigation.outbox')}>
            {mails.data.results.map((mail) => (
              <OutboxEntry key={mail.id} mail={mail} />
            ))}
          </ul>
          <Pager {...mails.data.pagination} onPage={(page) => navigate({ search: { ...search, page } })} />
        </>
      )}
    </Screen>
  )
}

function OutboxEntry({ mail }: { mail: OutboundMessage }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <Delivery state={mail.state} quiet={false} />
        <UnstyledButton
          className={classes.subject}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={14} aria-hidden className={classes.caret} data-open={open || undefined} />
          {mail.subject}
        </UnstyledButton>
        <span className={classes.when}>
          <Time instant={mail.sent_at ?? mail.created_at} />
        </span>
      </div>
      <div className={classes.entryBody}>
        <div className={classes.words}>
          <p className={classes.meta}>
            {t(`outbox.purpose.${mail.purpose}`)} · {t('activity.to', { addresses: mail.to_emails.join(', ') })}
            {mail.cc_emails.length > 0 && ` · ${t('activity.cc', { addresses: mail.cc_emails.join(', ') })}`}
            {mail.attempts > 1 && ` · ${t('outbox.attempts', { count: mail.attempts })}`}
          </p>
          {mail.last_error && <p className={classes.error}>{mail.last_error}</p>}
        </div>
        <div className={classes.actions}>
          <Link to="/tickets/$id" params={{ id: mail.ticket_id }}>
            {t('mail.open_ticket')}
          </Link>
        </div>
      </div>
      <div id={id} hidden={!open}>
        <LinkedText text={mail.body_text} className={classes.body} />
      </div>
    </li>
  )
}
