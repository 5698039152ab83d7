import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './filter-chip.module.css'

/** The filters of a screen, in its bar. */
export function FilterBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes.bar} aria-label={t('filter.label')}>
      {children}
    </fieldset>
  )
}
