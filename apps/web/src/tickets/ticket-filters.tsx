import { useQuery } from '@tanstack/react-query'
import { TICKET_PRIORITIES, TICKET_STATUSES } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../directory/queries.ts'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { PriorityTag, StatusTag } from './faces.tsx'
import type { TicketListSearch } from './list-search.ts'

interface TicketFiltersProps {
  search: TicketListSearch
  onChange: (search: TicketListSearch) => void
}

export function TicketFilters({ search, onChange }: TicketFiltersProps) {
  const { t } = useTranslation()
  const users = useQuery(usersQuery)
  const { page: _, status = [], priority = [], assignee, ...rest } = search

  /** Another filter begins at the first page again. */
  function change(next: { status?: typeof status; priority?: typeof priority; assignee?: string | undefined }) {
    const wanted = { status, priority, assignee, ...next }
    onChange({
      ...rest,
      ...(wanted.status.length > 0 && { status: wanted.status }),
      ...(wanted.priority.length > 0 && { priority: wanted.priority }),
      ...(wanted.assignee && { assignee: wanted.assignee }),
    })
  }

  const people = [
    { value: 'me', label: t('tickets.filter.me') },
    { value: 'none', label: t('tickets.filter.none') },
    ...(users.data ?? []).map(({ id, full_name }) => ({ value: id, label: full_name })),
  ]

  return (
    <FilterBar>
      <FilterChip
        label={t('ticket.fields.status')}
        options={TICKET_STATUSES.map((value) => ({
          value,
          label: t(`ticket.status.${value}`),
          face: <StatusTag status={value} quiet />,
        }))}
        chosen={status}
        onChange={(chosen) => change({ status: chosen })}
      />
      <FilterChip
        label={t('ticket.fields.priority')}
        options={TICKET_PRIORITIES.toReversed().map((value) => ({
          value,
          label: t(`ticket.priority.${value}`),
          face: <PriorityTag priority={value} />,
        }))}
        chosen={priority}
        onChange={(chosen) => change({ priority: chosen })}
      />
      <FilterChip
        label={t('ticket.fields.assignee')}
        options={people}
        chosen={assignee ? [assignee] : []}
        single
        onChange={([chosen]) => change({ assignee: chosen })}
      />
    </FilterBar>
  )
}
