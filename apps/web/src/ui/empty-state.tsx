import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './screen.module.css'

interface EmptyStateProps {
  icon: Icon
  title: string
  /** What it means and what to do about it. */
  text: string
  action?: ReactNode
  role?: 'alert'
}

export function EmptyState({ icon: Glyph, title, text, action, role }: EmptyStateProps) {
  return (
    <div className={classes.state} role={role}>
      <span className={classes.stateIcon}>
        <Glyph size={22} stroke={1.6} aria-hidden />
      </span>
      <p className={classes.stateTitle}>{title}</p>
      <p className={classes.stateText}>{text}</p>
      {action && <div className={classes.stateAction}>{action}</div>}
    </div>
  )
}
