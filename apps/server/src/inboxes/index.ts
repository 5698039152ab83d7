export { createInbox, type NewInbox } from './create-inbox.ts'
export { findInboxByAddress, type InboxRef, type InboxRow, readInbox, readSendingInbox } from './find-inbox.ts'
export { inboxRoutes } from './routes.ts'
export type {} from './tables.ts'
