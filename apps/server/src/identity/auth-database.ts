import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely'
import type pg from 'pg'

/** better-auth compares times as `Date`; our pools leave them as text for the wire. */
class DatesPlugin implements KyselyPlugin {
  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    return node
  }

  async transformResult({ result }: { result: QueryResult<UnknownRow> }): Promise<QueryResult<UnknownRow>> {
    return { ...result, rows: result.rows.map(withDates) }
  }
}

const TIME = /_(at|until)$/

function withDates(row: UnknownRow): UnknownRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      TIME.test(column) && typeof value === 'string' ? new Date(value) : value,
    ]),
  )
}

/** The tables of the schema `auth` as better-auth wants them: its camelCase names, our snake_case columns. */
export function authDatabase(pool: pg.Pool): Kysely<unknown> {
  return new Kysely({
    dialect: new PostgresDialect({ pool }),
    plugins: [new DatesPlugin(), new CamelCasePlugin()],
  })
}
