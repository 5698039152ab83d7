import { QueryCache, QueryClient } from '@tanstack/react-query'
import { isApiError } from './http.ts'

const MOST_RETRIES = 2

/** `onSignedOut` runs when a screen that was open learns that its session is gone. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isApiError(error, 'unauthenticated')) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        // The socket tells what changed; a refetch at each focus would only repeat it.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // A machine without a network still reaches a server that runs on it.
        networkMode: 'always',
        retry: (failures, error) => failures < MOST_RETRIES && isWorthRepeating(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** No answer, an overload or a fault may pass; a refusal stays one. */
function isWorthRepeating(error: unknown): boolean {
  return isApiError(error) && (error.status === 0 || error.status >= 500)
}
