export { type HubOptions, openHub } from './hub.ts'
