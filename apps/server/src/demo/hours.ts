import type { Chance } from './chance.ts'
import { COMPANY } from './staff.ts'

/** Instants and durations here are milliseconds of the Unix epoch. */
export const HOUR = 60 * 60 * 1_000

const OPENS = 8
const SHUTS = 18
/** From midnight. */
const NIGHT = 6 * HOUR
/** When people write, by the hour: each as often as it stands here. */
const WRITING_HOURS = [6, 7, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 15, 15, 16, 17, 18, 20, 21, 22]

/** The instant itself where the desk is staffed, else early in the next shift. */
export function atDesk(instant: number, luck: Chance): number {
  const local = localTime(instant)
  if (local.dayOfWeek <= 5 && local.hour >= OPENS && local.hour < SHUTS) return instant
  let day = local.startOfDay().add({ days: local.hour < OPENS ? 0 : 1 })
  while (day.dayOfWeek > 5) day = day.add({ days: 1 })
  return day.with({ hour: OPENS }).epochMilliseconds + Math.round(luck.mostlyNear(0.05, 2) * HOUR)
}

/** A moment of the same day at which somebody would write; of a weekend, mostly the Friday before. */
export function whenPeopleWrite(instant: number, luck: Chance): number {
  const day = localTime(instant).startOfDay()
  const weekend = Math.max(0, day.dayOfWeek - 5)
  const chosen = luck.happens(0.7) ? day.subtract({ days: weekend }) : day
  const second = luck.whole(0, 3_599)
  return chosen.with({ hour: luck.pick(WRITING_HOURS) }).epochMilliseconds + second * 1_000
}

/** The instant itself, or after the night it falls into. */
export function afterBreakfast(instant: number): number {
  return atNight(instant) ? instant + NIGHT : instant
}

/** The instant itself, or before the night it falls into. */
export function beforeBed(instant: number): number {
  return atNight(instant) ? instant - NIGHT : instant
}

function atNight(instant: number): boolean {
  return localTime(instant).hour < NIGHT / HOUR
}

function localTime(instant: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(COMPANY.time_zone)
}
