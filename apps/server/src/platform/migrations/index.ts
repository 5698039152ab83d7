export { type MigrateOptions, type MigrationStatus, migrate, migrateDown, migrationStatus } from './migrate.ts'
export { type Rehearsal, rehearseMigrations } from './rehearse.ts'
