import type { ReactNode } from 'react'
import classes from './screen.module.css'
import { ScreenHeading } from './screen-heading.tsx'

interface ScreenProps {
  title: string
  /** How many there are, in words. */
  count?: string | undefined
  /** What narrows or changes the screen, beside its heading. */
  tools?: ReactNode
  children: ReactNode
}

/** A screen of the shell: a bar with its heading, and below it what it shows. */
export function Screen({ title, count, tools, children }: ScreenProps) {
  return (
    <div className={classes.screen}>
      <header className={classes.bar}>
        <ScreenHeading title={title} />
        {count && <span className={classes.count}>{count}</span>}
        {tools}
      </header>
      {children}
    </div>
  )
}
