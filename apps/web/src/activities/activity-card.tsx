import { UnstyledButton } from '@mantine/core'
import { type Icon, IconArrowBackUp, IconDots, IconLock, IconPaperclip, IconPhone, IconUser } from '@tabler/icons-react'
import type { Activity } from '@tessera/contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '../ui/format.ts'
import { LinkedText } from '../ui/linked-text.tsx'
import { Person } from '../ui/person.tsx'
import { Time } from '../ui/time.tsx'
import classes from './conversation.module.css'
import { Delivery } from './delivery.tsx'
import { MailFrame } from './mail-frame.tsx'
import { type Voice, voiceOf } from './timeline.ts'

const VOICE_ICON: Record<Voice, Icon> = {
  customer: IconUser,
  reply: IconArrowBackUp,
  note: IconLock,
  call: IconPhone,
}

/** One message. Its word, its symbol and its colour all say who speaks to whom. */
export function ActivityCard({ activity }: { activity: Activity }) {
  const { t } = useTranslation()
  const id = useId()
  const voice = voiceOf(activity)
  const Glyph = VOICE_ICON[voice]
  const name = voice === 'customer' ? (activity.customer?.name ?? activity.user.full_name) : activity.user.full_name
  return (
    <article className={classes.card} data-voice={voice} aria-labelledby={id}>
      <header className={classes.head}>
        <Person name={name} bare size="md" />
        <div className={classes.who}>
          <h2 id={id} className={classes.name}>
            {name}{' '}
            <span className={classes.voice}>
              <Glyph size={13} stroke={2} aria-hidden />
              {t(`activity.voice.${voice}`)}
            </span>
          </h2>
          <Addresses activity={activity} />
        </div>
        <span className={classes.when}>
          <Time instant={activity.created_at} />
        </span>
      </header>
      <Body activity={activity} />
      <Attachments activity={activity} />
      <footer className={classes.foot}>
        {activity.delivery_state && <Delivery state={activity.delivery_state} />}
        {activity.threading_reason && <span className={classes.reason}>{activity.threading_reason}</span>}
      </footer>
    </article>
  )
}

function Addresses({ activity: { from_email, to_emails, cc_emails } }: { activity: Activity }) {
  const { t } = useTranslation()
  const parts = [
    from_email && t('activity.from', { address: from_email }),
    to_emails.length > 0 && t('activity.to', { addresses: to_emails.join(', ') }),
    cc_emails.length > 0 && t('activity.cc', { addresses: cc_emails.join(', ') }),
  ].filter(Boolean)
  return parts.length > 0 ? <p className={classes.addresses}>{parts.join(' · ')}</p> : null
}

function Body({ activity: { activity_description, body_html, quoted_text } }: { activity: Activity }) {
  const { t } = useTranslation()
  // With a history quoted below it, the text shows what is new; without one, the mail as it was designed.
  const [designed, setDesigned] = useState(quoted_text === null)
  const whole = [activity_description, quoted_text].filter(Boolean).join('\n')
  return (
    <>
      {body_html && designed ? (
        <MailFrame html={body_html} text={whole} />
      ) : (
        <>
          <LinkedText text={activity_description} className={classes.text} />
          {quoted_text && <Quoted text={quoted_text} />}
        </>
      )}
      {body_html && (
        <UnstyledButton className={classes.small} onClick={() => setDesigned(!designed)}>
          {designed ? t('activity.show_text') : t('activity.show_designed')}
        </UnstyledButton>
      )}
    </>
  )
}

function Quoted({ text }: { text: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div>
      <UnstyledButton
        className={classes.dots}
        aria-expanded={open}
        aria-controls={id}
        aria-label={open ? t('activity.hide_quoted') : t('activity.show_quoted')}
        onClick={() => setOpen(!open)}
      >
        <IconDots size={16} aria-hidden />
      </UnstyledButton>
      <div id={id} hidden={!open}>
        <LinkedText text={text} className={classes.quoted} />
      </div>
    </div>
  )
}

function Attachments({ activity: { attachments } }: { activity: Activity }) {
  const { t, i18n } = useTranslation()
  if (attachments.length === 0) return null
  return (
    <ul className={classes.attachments} aria-label={t('activity.attachments')}>
      {attachments.map(({ filename, size }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name, and what was sent never changes
        <li key={`${place}:${filename}`} className={classes.attachment}>
          <IconPaperclip size={14} aria-hidden />
          <span>{filename}</span>
          <span className={classes.size}>{formatSize(size, i18n.language)}</span>
        </li>
      ))}
    </ul>
  )
}
