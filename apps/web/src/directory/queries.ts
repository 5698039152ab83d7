import { queryOptions } from '@tanstack/react-query'
import { listUsers } from '@tessera/contract'
import { call } from '../app/api.ts'

const EVERYBODY = 200

/** The active people of the company, by name. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => {
    const { results } = await call(listUsers, { query: { is_active: true, page_size: EVERYBODY } })
    return results
  },
  staleTime: 5 * 60_000,
})
