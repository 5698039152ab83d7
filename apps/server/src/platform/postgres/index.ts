export { DataDirInUse, PostgresError } from './errors.ts'
export { openPostgres, type RunningPostgres, type StartOptions, startPostgres } from './start.ts'
