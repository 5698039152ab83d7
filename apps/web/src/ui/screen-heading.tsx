import { type ReactNode, useEffect, useRef } from 'react'
import classes from './screen.module.css'

/** Set once the first screen is shown: only a later change of route may move the focus. */
let arrived = false

interface ScreenHeadingProps {
  /** What the browser's tab says; the heading itself where nothing else is given. */
  title: string
  children?: ReactNode
}

/** The one `h1` of a screen. It names the tab and takes the focus when one comes from another screen. */
export function ScreenHeading({ title, children }: ScreenHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = title === 'Tessera' ? title : `${title} · Tessera`
  }, [title])

  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true })
    arrived = true
  }, [])

  return (
    <h1 ref={heading} tabIndex={-1} className={classes.heading}>
      {children ?? title}
    </h1>
  )
}
