import type { ColumnType } from 'kysely'

/** All tables, by name. Each feature adds its own by declaration merging, beside the code that owns them. */
// biome-ignore lint/suspicious/noEmptyInterface: features merge their tables into it
export interface Database {}

/** A `jsonb` column: read as its value, written as JSON text (a bare array would reach PostgreSQL as an array). */
export type Json<T> = ColumnType<T, string, string>
/** The same with a default. */
export type DefaultedJson<T> = ColumnType<T, string | undefined, string>
