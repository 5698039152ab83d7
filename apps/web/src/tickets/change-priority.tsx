import { Select } from '@mantine/core'
import { TICKET_PRIORITIES, type Ticket } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { PriorityTag } from './faces.tsx'
import { useTicketUpdate } from './use-ticket-change.ts'

export function ChangePriority({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const update = useTicketUpdate(ticket)
  if (!ticket.abilities.update) return <PriorityTag priority={ticket.priority} />

  return (
    <Select
      aria-label={t('ticket.fields.priority')}
      size="xs"
      allowDeselect={false}
      data={TICKET_PRIORITIES.toReversed().map((value) => ({ value, label: t(`ticket.priority.${value}`) }))}
      value={ticket.priority}
      disabled={update.isPending}
      renderOption={({ option }) => <PriorityTag priority={option.value} />}
      onChange={(priority) => priority && update.mutate({ priority })}
    />
  )
}
