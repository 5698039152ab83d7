import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { readMe, readSetup } from '@tessera/contract'
import { call } from '../app/api.ts'

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => call(readMe), staleTime: 5 * 60_000 })

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => call(readSetup), staleTime: 0 })

/** Who is signed in. Only inside the shell, which loads it first. */
export function useMe() {
  return useSuspenseQuery(meQuery).data
}
