import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'

/** Why a mail came to this ticket. */
export function Threading({ reason }: { reason: string }) {
  const { t } = useTranslation()
  return <span className={classes.reason}>{t('activity.threading', { reason })}</span>
}
