import { Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { Logo } from '../ui/logo.tsx'
import { ScreenHeading } from '../ui/screen-heading.tsx'
import classes from './gate.module.css'

interface GateProps {
  title: string
  text?: string | undefined
  /** Above the heading: where one is among several steps. */
  step?: string
  children: ReactNode
}

/** The frame of every screen before the desk itself: set-up, sign-in, second factor. */
export function Gate({ title, text, step, children }: GateProps) {
  return (
    <main className={classes.gate}>
      <div className={classes.brand}>
        <Logo size={26} />
        <span>Tessera</span>
      </div>
      <section className={classes.card}>
        <header className={classes.head}>
          {step && <p className={classes.step}>{step}</p>}
          <ScreenHeading title={title} />
          {text && <p className={classes.text}>{text}</p>}
        </header>
        <Stack gap={16}>{children}</Stack>
      </section>
    </main>
  )
}

/** Puts the cursor where the next thing is typed, when a step of a flow replaces another. */
export function useFirstField<T extends HTMLElement>() {
  const field = useRef<T>(null)
  useEffect(() => field.current?.focus(), [])
  return field
}
