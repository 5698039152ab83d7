import type { Instant } from '../platform/clock.ts'
import type { Chance } from './chance.ts'
import { afterBreakfast, atDesk, HOUR } from './hours.ts'
import type { Act } from './life.ts'

interface Span {
  /** Milliseconds of the Unix epoch, both. */
  opened: number
  end: number
  luck: Chance
}

type Pace = 'message' | 'note' | 'call' | Exclude<Act['does'], 'write'>

/** Hours since what came before; mostly nearer to the first number. */
const PACE: Readonly<Record<Pace, readonly [soonest: number, latest: number]>> = {
  open: [0, 0],
  assign: [0.05, 3],
  hear: [0.4, 30],
  message: [0.2, 6],
  note: [0.1, 2],
  call: [0.2, 3],
  hold: [0.05, 0.5],
  resume: [8, 48],
  resolve: [0.05, 4],
  close: [60, 110],
}

/** When each act happens: at working hours where it is ours, and never after the end. */
export function schedule(acts: readonly Act[], { opened, end, luck }: Span): { at: Instant; act: Act }[] {
  let cursor = opened
  return acts.map((act) => {
    if (act.does !== 'open') cursor = next(act, cursor)
    return { at: new Date(cursor).toISOString(), act }
  })

  function next(act: Act, before: number): number {
    const [soonest, latest] = PACE[act.does === 'write' ? act.activity_type : act.does]
    const due = before + Math.round(luck.mostlyNear(soonest, latest) * HOUR)
    const at = act.does === 'hear' ? afterBreakfast(due) : act.does === 'close' ? due : atDesk(due, luck)
    return at < end ? at : before + Math.max(1, Math.round((end - before) * luck.between(0.1, 0.4)))
  }
}
