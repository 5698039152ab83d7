import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assignTicket, type Ticket, type UpdateTicketBody, updateTicket } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { call } from '../app/api.ts'
import { describeError } from '../app/describe-error.ts'
import { isApiError } from '../app/http.ts'
import { keepTicket, ticketKeys } from './queries.ts'

/** Changes fields or the status of the ticket as it is shown. */
export function useTicketUpdate({ id, version }: Ticket) {
  const outcome = useOutcome(id)
  return useMutation({
    ...outcome,
    mutationFn: (change: Omit<UpdateTicketBody, 'version'>) =>
      call(updateTicket, { params: { id }, body: { version, ...change } }),
  })
}

/** Gives the ticket to a person, or to nobody. */
export function useTicketAssignment({ id, version }: Ticket) {
  const outcome = useOutcome(id)
  return useMutation({
    ...outcome,
    mutationFn: (assigned_to_user_id: string | null) =>
      call(assignTicket, { params: { id }, body: { version, assigned_to_user_id } }),
  })
}

/** Shows what came of a change; what somebody else changed meanwhile is fetched and said. */
function useOutcome(id: string) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  return {
    onSuccess: ({ ticket }: { ticket: Ticket }) => {
      keepTicket(cache, ticket)
      void cache.invalidateQueries({ queryKey: ticketKeys.detail(id) })
      void cache.invalidateQueries({ queryKey: ticketKeys.lists })
    },
    onError: (error: Error) => {
      const overtaken = isApiError(error, 'version_conflict') || isApiError(error, 'invalid_status_transition')
      if (overtaken) void cache.invalidateQueries({ queryKey: ticketKeys.detail(id) })
      notifications.show({
        color: overtaken ? 'yellow' : 'red',
        title: overtaken ? t('ticket.overtaken_title') : t('ticket.not_changed_title'),
        message: describeError(t, error),
        autoClose: 8000,
        closeButtonProps: { 'aria-label': t('form.close') },
      })
    },
  }
}
