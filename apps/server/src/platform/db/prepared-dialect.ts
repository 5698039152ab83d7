import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'

/** Enough for every statement of the product; past it, statements go unnamed instead of filling the server's memory. */
const MOST_NAMES = 1_000
const names = new Map<string, string>()

/** The name under which a statement is prepared once per connection: parsing and planning are then paid once. */
function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MOST_NAMES) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}

class PreparedConnection implements DatabaseConnection {
  readonly #client: pg.ClientBase

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = statementName(sql)
    const result = await this.#client.query<R & pg.QueryResultRow>({
      text: sql,
      values: [...parameters],
      ...(name ? { name } : {}),
    })
    return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Streaming is not supported here: page by key instead.')
  }
}

/** Runs everything on the one connection it is given; who gave it begins, commits and releases. */
class OneConnectionDriver implements Driver {
  readonly #connection: PreparedConnection

  constructor(client: pg.ClientBase) {
    this.#connection = new PreparedConnection(client)
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    throw new Error('The transaction is already open: commands never open their own.')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
}

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()

export function preparedDialect(client: pg.ClientBase): Dialect {
  return {
    createDriver: () => new OneConnectionDriver(client),
    createQueryCompiler: () => compiler,
    createAdapter: () => adapter,
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}
