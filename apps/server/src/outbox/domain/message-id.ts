import { domainToASCII } from 'node:url'

/** The Message-ID (RFC 5322, section 3.6.4) of an outbound row: the same for every try to hand it over. */
export function messageIdOf(outbound_message_id: string, inboxAddress: string): string {
  const domain = inboxAddress.slice(inboxAddress.lastIndexOf('@') + 1)
  return `<${outbound_message_id}@${domainToASCII(domain) || 'tessera.invalid'}>`
}
