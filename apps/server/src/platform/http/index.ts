export { createHttp } from './app.ts'
export { type MemberInput, type Reply, type Server, serve, serveOpen } from './serve.ts'
export { type CursorKey, type PageRequest, type PageStart, pageStart, pagination } from './page.ts'
