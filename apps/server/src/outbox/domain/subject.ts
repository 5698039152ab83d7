/** What mail programs of the world put before the subject of an answer, repeated, counted or with a full-width colon. */
const ANSWERED =
  /^(?:(?:re|aw|antw|sv|vs|ref|rif|res|odp|ynt|отв|απ|回复|回覆|答复|返信)\s?(?:\[\d+\]|\(\d+\)|\^\d+)?\s?[:：]\s*)+/iu
const LINE_BREAKING = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu

/**
 * The subject of a mail about a ticket: `Re: <subject> [TKT-2026-000123]`, with one `Re:` and one token however often
 * the subject went to and fro, and always on one line.
 */
export function mailSubject(subject: string, ticket_number: string): string {
  const token = `[${ticket_number}]`
  const bare = onOneLine(withoutToken(subject, token)).replace(ANSWERED, '')
  return ['Re:', bare, token].filter(Boolean).join(' ')
}

function withoutToken(subject: string, token: string): string {
  const pattern = new RegExp(RegExp.escape(token), 'gi')
  return subject.replace(pattern, ' ')
}

function onOneLine(text: string): string {
  return text.replace(LINE_BREAKING, ' ').trim()
}
