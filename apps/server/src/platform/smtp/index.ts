export { type SmtpListener, type SmtpMessage, startSmtpListener } from './listener.ts'
