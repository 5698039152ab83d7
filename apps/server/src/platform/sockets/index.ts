export { acceptSockets } from './accept.ts'
