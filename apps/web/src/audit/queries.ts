import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listEvents } from '@tessera/contract'
import { call } from '../app/api.ts'

export const auditKeys = { trail: ['audit'] } as const

export interface AuditFilter {
  page?: number | undefined
  event?: string[] | undefined
}

export const auditQuery = ({ page, event }: AuditFilter) =>
  queryOptions({
    queryKey: [...auditKeys.trail, { page, event }],
    queryFn: () => call(listEvents, { query: { ...(page !== undefined && { page }), ...(event && { event }) } }),
    placeholderData: keepPreviousData,
  })
