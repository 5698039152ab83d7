import { expect, it } from 'vitest'
import { newId } from './ids.ts'

it('makes ids that are in the order in which they were made, however fast', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(ids).toEqual([...new Set(ids)].sort())
})
