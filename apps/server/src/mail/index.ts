export { acceptMail } from './accept-mail.ts'
export { mailJobs } from './process-message.ts'
export { mailRoutes } from './routes.ts'
