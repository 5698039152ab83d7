export { type SmtpListener, type SmtpListenerOptions, type SmtpMessage, startSmtpListener } from './listener.ts'
