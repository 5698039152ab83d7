import { expect, test } from 'vitest'
import { reconnectDelay } from './socket.ts'

test('reconnection waits longer each time, never longer than half a minute', () => {
  expect([0, 1, 2, 10, 60].map((attempt) => reconnectDelay(attempt, 1))).toEqual([500, 1000, 2000, 30_000, 30_000])
})

test('browsers that lost one server do not return at the same moment', () => {
  expect(reconnectDelay(3, 0)).toBe(reconnectDelay(3, 1) / 2)
})
