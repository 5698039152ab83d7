import { useTranslation } from 'react-i18next'
import { formatInstant, formatMoment, formatShort } from './format.ts'

interface TimeProps {
  instant: string
  /** `short` drops what is plain from today: the hour alone for today, the day alone for this year. */
  format?: 'short' | 'moment'
}

const FORMATS = { short: formatShort, moment: formatMoment }

/** An instant in the reader's language and time zone; the whole of it on hover. */
export function Time({ instant, format = 'moment' }: TimeProps) {
  const { i18n } = useTranslation()
  return (
    <time dateTime={instant} title={formatInstant(instant, i18n.language)}>
      {FORMATS[format](instant, i18n.language, new Date())}
    </time>
  )
}
