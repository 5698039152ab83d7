import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { readAuditSearch } from '../audit/search.ts'
import { readLedgerSearch, readOutboxSearch } from '../mail/search.ts'
import { meQuery, setupQuery } from '../session/queries.ts'
import { readListSearch, toListQuery } from '../tickets/list-search.ts'
import { ticketPageQuery, ticketQuery } from '../tickets/queries.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { PageFailure, PageNotFound } from './failure.tsx'
import { isApiError } from './http.ts'
import { DESTINATIONS } from './navigation.tsx'
import { parseSearch, stringifySearch } from './search.ts'
import { Shell } from './shell.tsx'
import { bearerToken } from './token.ts'

interface Context {
  cache: QueryClient
}

const root = createRootRouteWithContext<Context>()({
  component: () => (
    <>
      <Outlet />
      <LiveRegion />
    </>
  ),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../session/setup-screen.tsx'), 'SetupScreen'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { next?: string; reason?: 'second_factor' } => ({
    ...(typeof raw.next === 'string' && { next: raw.next }),
    ...(raw.reason === 'second_factor' && { reason: 'second_factor' }),
  }),
  beforeLoad: async ({ context }) => {
    const { required } = await context.cache.fetchQuery(setupQuery)
    if (required) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('../session/sign-in-screen.tsx'), 'SignInScreen'),
})

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: '_shell',
  beforeLoad: async ({ location }) => {
    try {
      await bearerToken()
    } catch (error) {
      const next = location.href === '/' ? {} : { next: location.href }
      if (isApiError(error, 'unauthenticated')) throw redirect({ to: '/sign-in', search: next })
      if (isApiError(error, 'mfa_enrolment_required')) {
        throw redirect({ to: '/sign-in', search: { ...next, reason: 'second_factor' } })
      }
      throw error
    }
  },
  loader: ({ context }) => context.cache.ensureQueryData(meQuery),
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { permissions } = await context.cache.ensureQueryData(meQuery)
    const first = DESTINATIONS.find(({ permission }) => permissions.includes(permission))
    if (first) throw redirect({ to: first.to, replace: true })
  },
  component: lazyRouteComponent(() => import('./home-screen.tsx'), 'HomeScreen'),
})

const tickets = createRoute({
  getParentRoute: () => shell,
  path: '/tickets',
  validateSearch: readListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, preload }) => {
    if (!preload) void context.cache.prefetchQuery(ticketPageQuery(toListQuery(deps)))
  },
  component: lazyRouteComponent(() => import('../tickets/ticket-list-screen.tsx'), 'TicketListScreen'),
})

const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$id',
  // The data travels while the code of the screen does.
  loader: ({ context, params, preload }) => {
    if (!preload) void context.cache.prefetchQuery(ticketQuery(params.id))
  },
  component: lazyRouteComponent(() => import('../tickets/ticket-screen.tsx'), 'TicketScreen'),
})

const mail = createRoute({
  getParentRoute: () => shell,
  path: '/mail',
  validateSearch: readLedgerSearch,
  component: lazyRouteComponent(() => import('../mail/ledger-screen.tsx'), 'LedgerScreen'),
})

const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  validateSearch: readOutboxSearch,
  component: lazyRouteComponent(() => import('../mail/outbox-screen.tsx'), 'OutboxScreen'),
})

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../audit/audit-screen.tsx'), 'AuditScreen'),
})

const tree = root.addChildren([setup, signIn, shell.addChildren([home, tickets, ticket, mail, outbox, audit])])

export function createAppRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    parseSearch,
    stringifySearch,
    trailingSlash: 'never',
    scrollRestoration: false,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: PageNotFound,
    defaultErrorComponent: PageFailure,
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
