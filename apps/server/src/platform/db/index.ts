export { openPool } from './pools.ts'
export type { Database, DefaultedJson, Json } from './schema.ts'
export { type Db, type Tx, transact } from './transaction.ts'
