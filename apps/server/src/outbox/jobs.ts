import type { JobHandlers } from '../platform/jobs/index.ts'
import { type SendMailOptions, sendMail } from './send-mail.ts'

export type OutboxJobsOptions = SendMailOptions

export function outboxJobs(options: OutboxJobsOptions): Pick<JobHandlers, 'send-mail'> {
  return { 'send-mail': sendMail(options) }
}
