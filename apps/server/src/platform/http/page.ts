import type { Pagination } from '@tessera/contract'
import { invalid } from '../errors.ts'

export interface PageRequest {
  page?: number
  page_size?: number
  cursor?: string
}

/** Where a page begins: after a row, by its key, or so many rows in. */
export interface PageStart {
  page: number
  page_size: number
  after: CursorKey | undefined
  offset: number
}

/** The last row of a page, newest first: its time and its id. */
export type CursorKey = readonly [at: string, id: string]

/** Deep pages are reached by cursor at the cost of the first; counting rows away grows with the depth. */
const DEEPEST_OFFSET = 100_000

export function pageStart({ page = 1, page_size = 25, cursor }: PageRequest): PageStart {
  if (cursor !== undefined) return { page, page_size, after: readCursor(cursor), offset: 0 }
  const offset = (page - 1) * page_size
  if (offset > DEEPEST_OFFSET) {
    throw invalid('page', `reaches past row ${DEEPEST_OFFSET}: follow next_cursor instead`)
  }
  return { page, page_size, after: undefined, offset }
}

export function pagination(start: PageStart, total_count: number, last: CursorKey | undefined): Pagination {
  const { page, page_size } = start
  return {
    page,
    page_size,
    total_count,
    total_pages: Math.ceil(total_count / page_size),
    next_cursor: last ? Buffer.from(JSON.stringify(last)).toString('base64url') : null,
  }
}

/**
 * The page that `rows` begin, of which one more than it holds was asked for: that one tells whether there is a next page,
 * which starts after the last row of this one.
 */
export function pageOf<Item>(start: PageStart, total_count: number, rows: Item[], keyOf: (item: Item) => CursorKey) {
  const results = rows.slice(0, start.page_size)
  const last = rows.length > start.page_size ? results.at(-1) : undefined
  return { results, pagination: pagination(start, total_count, last && keyOf(last)) }
}

/** What of a query narrows the list, as the answer repeats it. */
export function filtersOf<Q extends PageRequest>(query: Q): Omit<Q, keyof PageRequest> {
  const { page: _, page_size: __, cursor: ___, ...filters } = query
  return filters
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

function readCursor(cursor: string): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && INSTANT.test(key[0]) && UUID.test(key[1])) return [key[0], key[1]]
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalid('cursor', 'is not a next_cursor of this list')
}
