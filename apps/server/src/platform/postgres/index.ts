export { openPostgres, type RunningPostgres, type StartOptions, startPostgres } from './start.ts'
