/** An instant as it travels: ISO 8601 in UTC, as in a row, in JSON and in a rule. */
export type Instant = string

/** Where the time comes from, so that a test can set it. */
export interface Clock {
  now(): Instant
}

export const systemClock: Clock = { now: () => new Date().toISOString() }
