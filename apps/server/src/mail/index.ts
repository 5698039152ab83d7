export { type AcceptMailOptions, acceptMail } from './accept-mail.ts'
export { type MailJobsOptions, mailJobs } from './process-message.ts'
export { receiveMessage } from './receive-message.ts'
export { mailRoutes } from './routes.ts'
