import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { SocketMessage } from '@tessera/contract'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { ticketKeys } from '../tickets/queries.ts'
import { announce } from '../ui/live-region.tsx'
import { isApiError } from './http.ts'
import type { Translate } from './i18n.ts'
import { applyEvent, refreshAll } from './live.ts'
import { type ConnectionState, openSocket } from './socket.ts'
import { createStore, useStore } from './store.ts'
import { bearerToken, forgetToken } from './token.ts'

const connection = createStore<ConnectionState>('connecting')

export function useConnection(): ConnectionState {
  return useStore(connection)
}

/** Joins the socket to the cache for as long as the shell is on screen. */
export function useLive(): void {
  const cache = useQueryClient()
  const router = useRouter()
  const { t } = useTranslation()
  const { user } = useMe()

  const onMessage = useEffectEvent((message: SocketMessage) => {
    applyEvent(cache, message)
    const sentence = newsFor(user.id, message, cache, t)
    if (sentence) announce(sentence)
  })
  const onNoToken = useEffectEvent((error: unknown) => {
    if (!isApiError(error, 'unauthenticated')) return
    void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } })
  })
  const onGap = useEffectEvent(() => refreshAll(cache))

  useEffect(
    () =>
      openSocket({
        token: bearerToken,
        onRefused: forgetToken,
        onNoToken: (error) => onNoToken(error),
        onMessage: (message) => onMessage(message),
        onGap: () => onGap(),
        onState: connection.set,
      }),
    [],
  )
}

/** What is worth saying aloud: a new ticket, and somebody else's message in a ticket that is open. */
function newsFor(reader_id: string, { event, data }: SocketMessage, cache: QueryClient, t: Translate): string | null {
  if (event === 'support_ticket.created' && 'ticket' in data) {
    return t('live.ticket_created', { number: data.ticket.ticket_number, subject: data.ticket.subject })
  }
  if (!('activity' in data) || data.activity.user_id === reader_id) return null
  const open = cache
    .getQueryCache()
    .find({ queryKey: ticketKeys.detail(data.activity.ticket_id) })
    ?.isActive()
  if (!open) return null
  return t('live.activity_created', { name: data.activity.customer?.name ?? data.activity.user.full_name })
}
