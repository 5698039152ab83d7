import { Button, Skeleton } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenFailure } from '../app/failure.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Pager } from '../ui/pager.tsx'
import { Screen } from '../ui/screen.tsx'
import { leftListAt, type TicketListSearch, toListQuery } from './list-search.ts'
import { ticketPageQuery } from './queries.ts'
import { TicketFilters } from './ticket-filters.tsx'
import { TicketTable } from './ticket-table.tsx'

const route = getRouteApi('/_shell/tickets')

export function TicketListScreen() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const tickets = useQuery(ticketPageQuery(toListQuery(search)))

  useEffect(() => leftListAt.set(search), [search])

  const show = (change: TicketListSearch) => navigate({ search: change })
  const filtered = Boolean(search.status || search.priority || search.assignee)
  const total = tickets.data?.pagination.total_count

  return (
    <Screen
      title={t('tickets.title')}
      count={total === undefined ? undefined : t('tickets.count', { count: total })}
      tools={<TicketFilters search={search} onChange={show} />}
    >
      {tickets.isError && <ScreenFailure error={tickets.error} onRetry={() => tickets.refetch()} />}
      {tickets.isPending && <WaitingRows />}
      {tickets.data && tickets.data.results.length > 0 && (
        <>
          <TicketTable tickets={tickets.data.results} dimmed={tickets.isPlaceholderData} />
          <Pager {...tickets.data.pagination} onPage={(page) => show({ ...search, page })} />
        </>
      )}
      {tickets.data?.results.length === 0 &&
        (filtered ? (
          <EmptyState
            icon={IconFilterOff}
            title={t('tickets.none_match_title')}
            text={t('tickets.none_match_text')}
            action={
              <Button variant="default" onClick={() => show({})}>
                {t('filter.clear_all')}
              </Button>
            }
          />
        ) : (
          <EmptyState icon={IconInbox} title={t('tickets.none_title')} text={t('tickets.none_text')} />
        ))}
    </Screen>
  )
}

function WaitingRows() {
  return (
    <div style={{ padding: '20px 24px', display: 'grid', gap: 24 }} aria-hidden>
      {[72, 58, 66, 49, 70, 61].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  )
}
