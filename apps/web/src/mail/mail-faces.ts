import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconClock,
  IconCopy,
  IconMessageReply,
  IconShieldExclamation,
  IconTicket,
} from '@tabler/icons-react'
import type { MailState } from '@tessera/contract'
import type { Tone } from '../ui/tag.tsx'

export const MAIL_FACES: Record<MailState, { icon: Icon; tone: Tone }> = {
  received: { icon: IconClock, tone: 'blue' },
  ticket: { icon: IconTicket, tone: 'green' },
  reply: { icon: IconMessageReply, tone: 'green' },
  duplicate: { icon: IconCopy, tone: 'grey' },
  ignored: { icon: IconBan, tone: 'grey' },
  quarantined: { icon: IconShieldExclamation, tone: 'amber' },
  failed: { icon: IconAlertTriangle, tone: 'red' },
}
