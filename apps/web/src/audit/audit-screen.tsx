import { UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { AuditEntry, EventName } from '@tessera/contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenFailure } from '../app/failure.tsx'
import type { Translate } from '../app/i18n.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { Pager } from '../ui/pager.tsx'
import { Screen } from '../ui/screen.tsx'
import table from '../ui/table.module.css'
import { Time } from '../ui/time.tsx'
import classes from './audit.module.css'
import { auditQuery } from './queries.ts'
import { EVENT_NAMES } from './search.ts'

const route = getRouteApi('/_shell/audit')

/** What happened, who did it, from where. */
export function AuditScreen() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const trail = useQuery(auditQuery(search))
  const total = trail.data?.pagination.total_count

  return (
    <Screen
      title={t('navigation.audit')}
      count={total === undefined ? undefined : t('audit.count', { count: total })}
      tools={
        <FilterBar>
          <FilterChip
            label={t('audit.event')}
            options={EVENT_NAMES.map((value) => ({ value, label: eventName(t, value) }))}
            chosen={search.event ?? []}
            onChange={(event) => navigate({ search: event.length > 0 ? { event } : {} })}
          />
        </FilterBar>
      }
    >
      {trail.isError && <ScreenFailure error={trail.error} onRetry={() => trail.refetch()} />}
      {trail.data?.results.length === 0 && (
        <EmptyState icon={IconHistory} title={t('audit.none_title')} text={t('audit.none_text')} />
      )}
      {trail.data && trail.data.results.length > 0 && (
        <>
          <table className={`${table.table} ${classes.table}`}>
            <caption className={classes.caption}>{t('navigation.audit')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('audit.when')}</th>
                <th scope="col">{t('audit.actor')}</th>
                <th scope="col">{t('audit.event')}</th>
                <th scope="col">{t('audit.about')}</th>
                <th scope="col">{t('audit.address')}</th>
              </tr>
            </thead>
            <tbody>
              {trail.data.results.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </tbody>
          </table>
          <Pager {...trail.data.pagination} onPage={(page) => navigate({ search: { ...search, page } })} />
        </>
      )}
    </Screen>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <tr>
      <td className={table.number}>
        <Time instant={entry.occurred_at} />
      </td>
      <td>{entry.actor.full_name}</td>
      <td className={classes.event}>
        <UnstyledButton className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <IconChevronRight size={14} aria-hidden className={classes.caret} data-open={open || undefined} />
          {eventName(t, entry.event)}
        </UnstyledButton>
        <pre id={id} hidden={!open} className={classes.data}>
          {JSON.stringify(entry.data, null, 2)}
        </pre>
      </td>
      <td>
        {entry.ticket_id && (
          <Link to="/tickets/$id" params={{ id: entry.ticket_id }}>
            {t('mail.open_ticket')}
          </Link>
        )}
      </td>
      <td className={table.muted}>{entry.ip_address}</td>
    </tr>
  )
}

/** The event in words; one that is newer than this page by its name. */
function eventName(t: Translate, event: string): string {
  // The dots of an event's name would be read as levels.
  const key = event.replaceAll('.', '_') as keyof EventKeys
  return t(`audit.events.${key}`, { defaultValue: event })
}

type EventKeys = { [N in EventName as Flat<N>]: string }
type Flat<N extends string> = N extends `${infer Head}.${infer Tail}` ? `${Head}_${Flat<Tail>}` : N
