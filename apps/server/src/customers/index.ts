export {
  type ContactRef,
  type Correspondent,
  findOrCreateContact,
} from './find-or-create-contact.ts'
export { customerRoutes } from './routes.ts'
export type {} from './tables.ts'
