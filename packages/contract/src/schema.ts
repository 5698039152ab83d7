import { type Static, type TSchema, Type } from 'typebox'

/** Shapes that several routes share. */

export const Uuid = Type.String({ format: 'uuid' })
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601 in UTC' })
export const Email = Type.String({ format: 'email', maxLength: 255 })

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A string that holds more than white space. */
export const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })

export const IdParams = Type.Object({ id: Uuid })

export const PageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 25 })),
  cursor: Type.Optional(
    Type.String({ maxLength: 500, description: '`next_cursor` of the previous page; `page` is then ignored' }),
  ),
}

export const Pagination = Type.Object({
  page: Type.Integer(),
  page_size: Type.Integer(),
  total_count: Type.Integer(),
  total_pages: Type.Integer(),
  next_cursor: Nullable(Type.String()),
})
export type Pagination = Static<typeof Pagination>

export const ListOf = <T extends TSchema>(item: T) =>
  Type.Object({
    results: Type.Array(item),
    pagination: Pagination,
    filters: Type.Record(Type.String(), Type.Unknown(), { description: 'the filters that applied' }),
  })

/** A person of the company, as other people's records name them. */
export const UserRef = Type.Object({ id: Uuid, full_name: Type.String() })
export type UserRef = Static<typeof UserRef>

export const NamedRef = Type.Object({ id: Uuid, name: Type.String() })
