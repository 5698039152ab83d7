export { createHttp } from './app.ts'
export { type MemberInput, type Reply, type Server, serve, serveOpen } from './serve.ts'
