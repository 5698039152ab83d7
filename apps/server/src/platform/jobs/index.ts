export { type EnqueueOptions, enqueue, type JobName } from './enqueue.ts'
export { drainJobs, type JobHandlers, startWorker } from './worker.ts'
