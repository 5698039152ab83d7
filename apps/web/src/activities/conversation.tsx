import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import type { Activity, TicketEvent } from '@tessera/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkedText } from '../ui/linked-text.tsx'
import { ActivityCard } from './activity-card.tsx'
import classes from './conversation.module.css'
import { HistoryItem } from './history-item.tsx'
import { weave } from './timeline.ts'
import { useReadingPlace } from './use-reading-place.ts'

interface ConversationProps {
  /** What the ticket was opened with, where no message says it. */
  description: string | undefined
  activities: readonly Activity[]
  history: readonly TicketEvent[]
  /** Whose own messages are scrolled to; anybody else's must not move what one reads. */
  reader_id: string
}

export function Conversation({ description, activities, history, reader_id }: ConversationProps) {
  const { t } = useTranslation()
  const items = useMemo(() => weave(activities, history), [activities, history])
  const newest = items.findLast((item) => item.kind === 'activity')?.activity
  const { scroller, unseen, goToEnd } = useReadingPlace(newest?.id, newest?.user_id === reader_id)

  return (
    <div className={classes.place}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={classes.scroller} aria-label={t('conversation.label')} tabIndex={0}>
        <ol className={classes.items}>
          {description && (
            <li>
              <article className={classes.card} data-voice="customer" aria-label={t('conversation.description')}>
                <p className={classes.addresses}>{t('conversation.description')}</p>
                <LinkedText text={description} className={classes.text} />
              </article>
            </li>
          )}
          {items.map((item) => (
            <li key={item.id}>
              {item.kind === 'activity' ? (
                <ActivityCard activity={item.activity} />
              ) : (
                <HistoryItem events={item.events} />
              )}
            </li>
          ))}
        </ol>
      </section>
      {unseen && (
        <Button
          className={classes.jump}
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={goToEnd}
        >
          {t('conversation.new_message')}
        </Button>
      )}
    </div>
  )
}
