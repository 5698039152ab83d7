import { expect, test } from 'vitest'
import { manyOf, pageOf, parseSearch, stringifySearch } from './search.ts'

test('a list travels as a repeated key, and what is not set does not travel', () => {
  expect(stringifySearch({ ticket_status: ['new', 'assigned'], page: 2, customer_id: undefined })).toBe(
    '?ticket_status=new&ticket_status=assigned&page=2',
  )
  expect(stringifySearch({})).toBe('')
})

test('an address is read back as it was written', () => {
  const values = { status: ['new', 'on_hold'], assignee: 'me' }
  expect(parseSearch(stringifySearch(values))).toEqual(values)
})

test('an address edited by hand keeps what is known and drops the rest', () => {
  expect(manyOf(['new', 'closed'], ['closed', 'nonsense'])).toEqual(['closed'])
  expect(manyOf(['new', 'closed'], 'nonsense')).toBeUndefined()
  expect([pageOf('3'), pageOf('1'), pageOf('-2'), pageOf('x'), pageOf('2.5')]).toEqual([
    3,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
