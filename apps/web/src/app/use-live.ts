import { useQueryClient } from '@tanstack/react-query'
import type { SocketMessage } from '@tessera/contract'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { ticketKeys } from '../tickets/queries.ts'
import { announce } from '../ui/live-region.tsx'
import { applyEvent, refreshAll } from './live.ts'
import { type ConnectionState, openSocket } from './socket.ts'
import { createStore, useStore } from './store.ts'
import { bearerToken } from './token.ts'

const connection = createStore<ConnectionState>('connecting')

export function useConnection(): ConnectionState {
  return useStore(connection)
}

/** Joins the socket to the cache for as long as the shell is on screen. */
export function useLive(): void {
  const cache = useQueryClient()
  const { t } = useTranslation()
  const me = useMe()

  const onMessage = useEffectEvent((message: SocketMessage) => {
    applyEvent(cache, message)
    const { data } = message
    if (message.event === 'support_ticket.created' && 'ticket' in data) {
      announce(t('live.ticket_created', { number: data.ticket.ticket_number, subject: data.ticket.subject }))
    }
    if ('activity' in data && data.activity.user_id !== me.user.id && isOpen(data.activity.ticket_id)) {
      announce(
        t('live.activity_created', { name: (data.activity.customer ?? { name: data.activity.user.full_name }).name }),
      )
    }
  })
  const isOpen = (id: string) => cache.isFetching({ queryKey: ticketKeys.detail(id) }) > 0 || isWatched(id)
  const isWatched = (id: string) =>
    cache
      .getQueryCache()
      .find({ queryKey: ticketKeys.detail(id) })
      ?.isActive() === true
  const onState = useEffectEvent((state: ConnectionState) => {
    if (state === 'live') refreshAll(cache)
    connection.set(state)
  })

  useEffect(
    () =>
      openSocket({
        token: bearerToken,
        onMessage: (message) => onMessage(message),
        onState: (state) => onState(state),
      }),
    [],
  )
}
