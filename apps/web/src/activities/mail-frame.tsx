import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'
import { likelyHeight, mailDocument } from './mail-document.ts'

interface MailFrameProps {
  html: string
  /** The same message as text. */
  text: string
}

/** The message as its sender designed it, in a frame without any right. */
export function MailFrame({ html, text }: MailFrameProps) {
  const { t } = useTranslation()
  return (
    <iframe
      className={classes.frame}
      title={t('activity.html_frame')}
      sandbox=""
      referrerPolicy="no-referrer"
      loading="lazy"
      srcDoc={mailDocument(html)}
      style={{ height: likelyHeight(text) }}
    />
  )
}
