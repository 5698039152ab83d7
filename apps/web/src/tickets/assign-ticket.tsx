import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { usersQuery } from '../directory/queries.ts'
import { Person } from '../ui/person.tsx'
import { useTicketAssignment } from './use-ticket-change.ts'

const NOBODY = 'none'

/** Who works on it; a choice only for whom may assign. */
export function AssignTicket({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const users = useQuery({ ...usersQuery, enabled: ticket.abilities.assign })
  const assignment = useTicketAssignment(ticket)
  const { assigned_to } = ticket

  if (!ticket.abilities.assign) {
    return assigned_to ? <Person name={assigned_to.full_name} /> : <span>{t('ticket.unassigned')}</span>
  }
  const people = users.data ?? []
  // Who left the company may still hold a ticket.
  const known = assigned_to && !people.some(({ id }) => id === assigned_to.id) ? [assigned_to, ...people] : people

  return (
    <Select
      aria-label={t('ticket.fields.assignee')}
      size="xs"
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('form.nothing_found')}
      comboboxProps={{ withinPortal: true }}
      data={[
        { value: NOBODY, label: t('ticket.unassigned') },
        ...known.map(({ id, full_name }) => ({ value: id, label: full_name })),
      ]}
      value={assigned_to?.id ?? NOBODY}
      disabled={assignment.isPending}
      onChange={(value) => assignment.mutate(value === NOBODY ? null : value)}
    />
  )
}
