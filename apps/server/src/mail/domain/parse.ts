import type { ActivityAttachment } from '@tessera/contract'
import { type AttachmentStream, type HeaderLines, type Headers, MailParser, type MessageText } from 'mailparser'
import type { Static } from 'typebox'
import { firstHeaders, mailboxes, messageIds } from './headers.ts'
import { type ParsedMail, ParseFailure } from './parsed-mail.ts'
import { bodyOf } from './same-mail.ts'
import { sanitiseHtml } from './sanitise-html.ts'
import { cut, storable, storableLine } from './storable.ts'

const MAX_SUBJECT = 1_000
const MAX_TEXT = 200_000
const MAX_HTML = 1_000_000
const MAX_HEAD_BYTES = 512 * 1024
const MAX_PARTS = 1_000
const MAX_ATTACHMENTS = 200
const MAX_FILENAME = 255
const MAX_REPORT_BYTES = 256 * 1024
const PARSE_MS = 30_000
const CUT_OFF = '\n\n[This mail goes on; the rest is in its source.]'

/** What has none of these is no mail, whatever it is. */
const USUAL = ['from', 'sender', 'to', 'cc', 'subject', 'date', 'message-id', 'received', 'return-path', 'mime-version']

type Attachment = Static<typeof ActivityAttachment>

interface Parts {
  headers: Headers
  lines: HeaderLines
  text: MessageText | null
  attachments: Attachment[]
  calendar_parts: string[]
}

/**
 * Understands a MIME source (RFC 5322, 2045 to 2049), whatever it is made of. Attachments are counted, not kept.
 * @throws {ParseFailure} and nothing else.
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  try {
    return understand(await readParts(raw), raw)
  } catch (error) {
    if (error instanceof ParseFailure) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ParseFailure(`The mail cannot be read: ${storableLine(why, 300)}`, { cause: error })
  }
}

function understand({ headers, lines, text, attachments, calendar_parts }: Parts, raw: Buffer): ParsedMail {
  const first = firstHeaders(lines)
  if (!USUAL.some((name) => first.has(name))) throw new ParseFailure('It has no header of a mail.')
  const [from = null] = [...mailboxes(headers, 'from'), ...mailboxes(headers, 'sender')]
  const subject = headers.get('subject')
  const html = storable(text?.html ?? '')
  // What cannot become text is made to be slow: it is not worth showing either.
  const is_readable = html.length <= MAX_HTML && !text?.textConversionError
  return {
    message_id: messageIds(first.get('message-id'))[0] ?? null,
    in_reply_to: messageIds(first.get('in-reply-to')),
    references: messageIds(first.get('references')),
    from,
    reply_to: mailboxes(headers, 'reply-to')[0] ?? null,
    to: mailboxes(headers, 'to').map(({ address }) => address),
    cc: mailboxes(headers, 'cc').map(({ address }) => address),
    subject: typeof subject === 'string' ? storableLine(subject, MAX_SUBJECT) : '',
    text: readable(text?.text || (is_readable ? '' : wordsOf(html))),
    reported_message_ids: reportedMessageIds(raw),
    html: is_readable ? sanitiseHtml(html) : null,
    attachments: attachments.slice(0, MAX_ATTACHMENTS),
    is_calendar: calendar_parts.some((disposition) => disposition !== 'attachment'),
    headers: first,
  }
}

function readParts(raw: Buffer): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const parts: Parts = { headers: new Map(), lines: [], text: null, attachments: [], calendar_parts: [] }
    const parser = new MailParser({
      maxHeadSize: MAX_HEAD_BYTES,
      maxChildNodes: MAX_PARTS,
      maxHtmlLengthToParse: MAX_HTML,
      checksumAlgo: false,
      skipImageLinks: true,
      skipTextLinks: true,
      skipTextToHtml: true,
    })
    const timer = setTimeout(
      () => parser.destroy(new ParseFailure(`The mail could not be read within ${PARSE_MS / 1000} seconds.`)),
      PARSE_MS,
    )
    const settle = (error?: Error) => {
      clearTimeout(timer)
      if (error) reject(error)
      else resolve(parts)
    }
    parser.on('error', settle)
    parser.on('end', () => settle())
    parser.on('headers', (headers) => {
      parts.headers = headers
    })
    parser.on('headerLines', (lines) => {
      parts.lines = lines
    })
    parser.on('data', (part) => {
      if (part.type === 'text') parts.text = part
      else count(part, parts)
    })
    parser.end(raw)
  })
}

function count(part: AttachmentStream, { attachments, calendar_parts }: Parts): void {
  const { content, contentType, contentDisposition = '' } = part
  if (contentType === 'text/calendar') calendar_parts.push(contentDisposition)
  content.on('end', () => {
    attachments.push({
      filename: storableLine(part.filename ?? '', MAX_FILENAME) || 'unnamed',
      content_type: storableLine(contentType, 100),
      size: part.size ?? 0,
    })
    part.release?.()
  })
  content.resume()
}

/** A report holds the header of the mail it is about, as a part of a type of its own or as plain text: RFC 3462. */
function reportedMessageIds(raw: Buffer): string[] {
  const body = bodyOf(raw).subarray(0, MAX_REPORT_BYTES).toString('latin1')
  const lines = body.matchAll(/^[>\s]{0,8}Message-ID:\s{0,8}(<[^<>\s]{3,998}>)/gim)
  return messageIds(Array.from(lines, ([, id]) => id).join(' '))
}

/** HTML without its tags, in one pass whatever it holds. */
function wordsOf(html: string): string {
  return html
    .split('<')
    .map((piece) => piece.slice(piece.indexOf('>') + 1).trim())
    .filter(Boolean)
    .join(' ')
}

/** With line ends of one kind, and cut where nobody would read on. */
function readable(text: string): string {
  const whole = storable(text).replace(/\r\n?/g, '\n').trim()
  return whole.length <= MAX_TEXT ? whole : cut(whole, MAX_TEXT) + CUT_OFF
}
