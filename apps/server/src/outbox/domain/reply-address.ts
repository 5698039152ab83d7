import { signId, verifySignedId } from './signed-id.ts'

/** RFC 5321, section 4.5.3.1.1. */
const MOST_LOCAL_OCTETS = 64
/** RFC 5321, section 4.5.3.1.3, without the angle brackets. */
const MOST_ADDRESS_OCTETS = 254

/**
 * The address whose mail belongs to one ticket: `support+<token>@domain` for the inbox `support@domain`.
 *
 * The token cannot be shortened without losing the ticket's id or the strength of its signature. So where the inbox's
 * name leaves no room for it (longer than 23 octets), the answer is the plain inbox address, and replies are recognised by
 * their References and subject alone.
 */
export function replyAddress(secret: Buffer, inboxAddress: string, ticket_id: string): string {
  const at = inboxAddress.lastIndexOf('@')
  const local = `${inboxAddress.slice(0, at)}+${signId(secret, 'reply-address', ticket_id)}`
  const address = local + inboxAddress.slice(at)
  const fits = Buffer.byteLength(local) <= MOST_LOCAL_OCTETS && Buffer.byteLength(address) <= MOST_ADDRESS_OCTETS
  return fits ? address : inboxAddress
}

/** The ticket that mail to `address` belongs to; null where the address carries no token of ours. */
export function ticketOfReplyAddress(secret: Buffer, address: string): string | null {
  const local = address.slice(0, Math.max(address.lastIndexOf('@'), 0))
  return verifySignedId(secret, 'reply-address', local.slice(local.lastIndexOf('+') + 1))
}
