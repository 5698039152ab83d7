import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMapQuestion, IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScreenHeading } from '../ui/screen-heading.tsx'
import { describeError } from './describe-error.ts'
import classes from './failure.module.css'
import { isApiError } from './http.ts'

interface ScreenFailureProps {
  error: unknown
  onRetry: () => void
}

/** In place of what could not be shown: why, and what to do. */
export function ScreenFailure({ error, onRetry }: ScreenFailureProps) {
  const { t } = useTranslation()
  if (isApiError(error, 'not_found')) return <NotFound />
  const unreachable = isApiError(error, 'unreachable')
  return (
    <EmptyState
      role="alert"
      icon={unreachable ? IconPlugConnectedX : IconAlertTriangle}
      title={unreachable ? t('failure.unreachable_title') : t('failure.title')}
      text={describeError(t, error)}
      action={
        <Button variant="default" onClick={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    />
  )
}

function NotFound() {
  const { t } = useTranslation()
  return (
    <div className={classes.page}>
      <div className={classes.heading}>
        <ScreenHeading title={t('not_found.title')} />
      </div>
      <EmptyState
        icon={IconMapQuestion}
        title={t('not_found.what')}
        text={t('not_found.text')}
        action={
          <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
            {t('not_found.home')}
          </Button>
        }
      />
    </div>
  )
}

/** For an address that belongs to no screen at all. */
export function PageNotFound() {
  return (
    <main className={classes.page}>
      <NotFound />
    </main>
  )
}

/** The last resort, outside every screen. */
export function PageFailure({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation()
  return (
    <main className={classes.page}>
      <div className={classes.heading}>
        <ScreenHeading title={t('failure.title')} />
      </div>
      <ScreenFailure error={error} onRetry={reset} />
    </main>
  )
}
