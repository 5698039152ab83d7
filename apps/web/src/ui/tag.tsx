import type { Icon } from '@tabler/icons-react'
import classes from './tag.module.css'

export type Tone = 'blue' | 'violet' | 'amber' | 'green' | 'grey' | 'orange' | 'red'

interface TagProps {
  tone: Tone
  /** The shape says the same as the colour, for whom colours say nothing. */
  icon: Icon
  children: string
  /** Without its background: in dense tables and menus. */
  quiet?: boolean
}

/** A word with its colour and its shape. */
export function Tag({ tone, icon: Glyph, children, quiet }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone} data-quiet={quiet || undefined}>
      <Glyph size={15} stroke={1.9} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </span>
  )
}
