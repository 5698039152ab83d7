export { addActivity } from './add-activity.ts'
export { type ReceivedReply, receiveReply } from './receive-reply.ts'
export { activityRoutes } from './routes.ts'
