/** Chance that falls alike for the same seed, so that two demos look alike. */
export interface Chance {
  /** From `min` up to and without `max`, small values more often than large ones. */
  mostlyNear(min: number, max: number): number
  between(min: number, max: number): number
  /** An integer, both ends included. */
  whole(min: number, max: number): number
  happens(probability: number): boolean
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
}

/** Mulberry32 (Tommy Ettinger, public domain): small, fast and good enough for stories. */
export function chance(seed: number): Chance {
  let state = seed
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number) => min + next() * (max - min)
  const whole = (min: number, max: number) => Math.floor(between(min, max + 1))
  return {
    between,
    whole,
    mostlyNear: (min, max) => min + next() ** 2 * (max - min),
    happens: (probability) => next() < probability,
    pick(items) {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    shuffled(items) {
      return items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item)
    },
  }
}
