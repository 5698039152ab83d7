import { signId, verifySignedId } from './signed-id.ts'

/**
 * Every mail of ours carries this header, so that one that comes back (forwarded, bounced, sent to another inbox of ours)
 * is known for what it is. Its value is signed: a mail of somebody else's Tessera is a person's mail here.
 */
export const OWN_MAIL_HEADER = 'X-Tessera-Message'

export function ownMailToken(secret: Buffer, outbound_message_id: string): string {
  return signId(secret, 'own-mail', outbound_message_id)
}

/** The outbound message that a value of `X-Tessera-Message` names; null where it is not of this installation's making. */
export function outboundMessageOfToken(secret: Buffer, headerValue: string): string | null {
  return verifySignedId(secret, 'own-mail', headerValue.trim())
}
