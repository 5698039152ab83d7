import { useTranslation } from 'react-i18next'
import { formatInstant, formatShort } from './format.ts'

interface TimeProps {
  instant: string
  /** `short` drops what is plain from today: the hour today, the day this year. */
  format?: 'short' | 'full'
}

/** An instant in the reader's language and time zone; the whole of it on hover. */
export function Time({ instant, format = 'full' }: TimeProps) {
  const { i18n } = useTranslation()
  const full = formatInstant(instant, i18n.language)
  return (
    <time dateTime={instant} title={full}>
      {format === 'short' ? formatShort(instant, i18n.language, new Date()) : full}
    </time>
  )
}
