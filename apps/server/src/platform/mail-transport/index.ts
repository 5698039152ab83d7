export { HandOverError } from './hand-over-error.ts'
export { type HandedOver, type MailTransport, type OutgoingMail, openMailTransport } from './transport.ts'
