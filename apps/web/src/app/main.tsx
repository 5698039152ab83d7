import '../ui/styles.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { resolveVariables, theme } from '../ui/theme.ts'
import { startI18n } from './i18n.ts'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './routes.tsx'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element #root to draw into.')

const cache = createQueryClient(() => {
  void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } })
})
const router = createAppRouter(cache)
const colorScheme = localStorageColorSchemeManager({ key: 'tessera.color_scheme' })

await startI18n()

createRoot(place).render(
  <QueryClientProvider client={cache}>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      {/* In the middle: at the right it would cover the status of a ticket. */}
      <Notifications position="top-center" containerWidth={380} />
      <RouterProvider router={router} />
    </MantineProvider>
  </QueryClientProvider>,
)
