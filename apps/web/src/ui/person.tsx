import classes from './person.module.css'

const HUES = 6

interface PersonProps {
  name: string
  /** Only the initials; the name is then said elsewhere. */
  bare?: boolean
  size?: 'sm' | 'md'
}

/** Initials on a colour of their own, and the name. */
export function Person({ name, bare, size = 'sm' }: PersonProps) {
  return (
    <span className={classes.person}>
      <span className={classes.tile} data-hue={hueOf(name)} data-size={size} aria-hidden>
        {initialsOf(name)}
      </span>
      {!bare && <span className={classes.name}>{name}</span>}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUES
}
