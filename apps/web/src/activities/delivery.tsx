import { type Icon, IconAlertTriangle, IconCheck, IconClock, IconMailbox, IconSend } from '@tabler/icons-react'
import type { OutboundState } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from '../ui/tag.tsx'

const FACES: Record<OutboundState, { icon: Icon; tone: Tone }> = {
  queued: { icon: IconClock, tone: 'grey' },
  sending: { icon: IconSend, tone: 'blue' },
  sent: { icon: IconCheck, tone: 'green' },
  deferred: { icon: IconClock, tone: 'amber' },
  failed: { icon: IconAlertTriangle, tone: 'red' },
  kept: { icon: IconMailbox, tone: 'grey' },
}

/** How far an outgoing mail has come. */
export function Delivery({ state, quiet = true }: { state: OutboundState; quiet?: boolean }) {
  const { t } = useTranslation()
  return (
    <Tag {...FACES[state]} quiet={quiet}>
      {t(`mail.delivery.${state}`)}
    </Tag>
  )
}
