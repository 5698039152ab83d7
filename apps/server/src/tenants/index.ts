export { createCompany } from './create-company.ts'
export { tenantRoutes } from './routes.ts'
export { issueSetupToken } from './setup-token.ts'
export type {} from './tables.ts'
