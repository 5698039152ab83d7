import { useNetwork } from '@mantine/hooks'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './connection.module.css'
import { useConnection } from './use-live.ts'

/** Whether what is on screen follows what happens. */
export function ConnectionDot() {
  const { t } = useTranslation()
  const state = useConnection()
  return (
    <p className={classes.dot} data-state={state}>
      {t(`connection.${state}`)}
    </p>
  )
}

/** Says that the screen may be out of date, and that nothing typed is lost. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const state = useConnection()
  const { online } = useNetwork()
  return (
    <div role="status">
      {state === 'reconnecting' && (
        <p className={classes.banner}>
          <IconPlugConnectedX size={16} aria-hidden />
          {online ? t('connection.reconnecting_text') : t('connection.offline_text')}
        </p>
      )}
    </div>
  )
}
