import {
  type Icon,
  IconAlertOctagon,
  IconChevronDown,
  IconChevronsUp,
  IconChevronUp,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleHalf2,
  IconCircleMinus,
  IconEqual,
  IconPlayerPause,
  IconRotate,
} from '@tabler/icons-react'
import type { TicketPriority, TicketStatus } from '@tessera/contract'
import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from '../ui/tag.tsx'

interface Face {
  icon: Icon
  tone: Tone
}

const STATUS: Record<TicketStatus, Face> = {
  new: { icon: IconCircleDashed, tone: 'blue' },
  assigned: { icon: IconCircleDot, tone: 'violet' },
  in_progress: { icon: IconCircleHalf2, tone: 'amber' },
  on_hold: { icon: IconPlayerPause, tone: 'grey' },
  resolved: { icon: IconCircleCheck, tone: 'green' },
  closed: { icon: IconCircleMinus, tone: 'grey' },
  reopened: { icon: IconRotate, tone: 'orange' },
}

const PRIORITY: Record<TicketPriority, Face> = {
  low: { icon: IconChevronDown, tone: 'grey' },
  normal: { icon: IconEqual, tone: 'grey' },
  high: { icon: IconChevronUp, tone: 'amber' },
  critical: { icon: IconChevronsUp, tone: 'orange' },
  emergency: { icon: IconAlertOctagon, tone: 'red' },
}

export function StatusTag({ status, quiet }: { status: TicketStatus; quiet?: boolean }) {
  const { t } = useTranslation()
  return (
    <Tag {...STATUS[status]} quiet={quiet === true}>
      {t(`ticket.status.${status}`)}
    </Tag>
  )
}

export function PriorityTag({ priority, quiet = true }: { priority: TicketPriority; quiet?: boolean }) {
  const { t } = useTranslation()
  return (
    <Tag {...PRIORITY[priority]} quiet={quiet}>
      {t(`ticket.priority.${priority}`)}
    </Tag>
  )
}
