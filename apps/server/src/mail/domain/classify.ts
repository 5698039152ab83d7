import type { MailClassification } from '@tessera/contract'
import type { ParsedMail } from './parsed-mail.ts'

export interface ClassifiedMail {
  classification: MailClassification
  /** What it was recognised by, as a sentence. */
  why: string
  /** Whether it is a request of its own where it belongs to no ticket; otherwise it only answers something. */
  stands_alone: boolean
}

export interface Origin {
  /** The envelope's sender; empty for the null sender. */
  envelope_from: string
  /** Whether it carries the signature of a mail that the same company sent. */
  is_signed_by_us: boolean
  /** Whether its author is an inbox of the same company, as in mail of a form on the company's web site. */
  from_own_inbox: boolean
}

type Facts = Pick<ParsedMail, 'headers' | 'from' | 'subject' | 'in_reply_to' | 'is_calendar'>

const ROBOT = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i
const ANSWERS_BY_ITSELF =
  /^(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|automatische antwort|abwesenheit|réponse automatique|absence du bureau|respuesta automática|risposta automatica|automatisch antwoord)/i
const AUTO_ANSWER_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-vacation', 'x-mail-autoreply']
const LIST_HEADERS = ['list-id', 'list-post', 'list-unsubscribe', 'mailing-list']

/** Tells people from machines: only a `person` is ever sent an acknowledgement, so that no two machines answer each other. */
export function classify(mail: Facts, origin: Origin): ClassifiedMail {
  return (
    own(origin) ??
    report(mail) ??
    bounce(mail, origin) ??
    automatic(mail, origin) ??
    list(mail) ??
    calendar(mail) ??
    PERSON
  )
}

const PERSON: ClassifiedMail = { classification: 'person', why: 'A person wrote it.', stands_alone: true }

function answer(classification: MailClassification, why: string): ClassifiedMail {
  return { classification, why, stands_alone: false }
}

function own({ is_signed_by_us, from_own_inbox }: Origin): ClassifiedMail | null {
  if (is_signed_by_us) return answer('own', 'It is a mail of ours that came back.')
  if (!from_own_inbox) return null
  return { classification: 'own', why: 'Its sender is an inbox of ours.', stands_alone: true }
}

/** Multipart reports (RFC 6522): delivery status (RFC 3464), feedback (RFC 5965), disposition (RFC 8098). */
function report({ headers }: Facts): ClassifiedMail | null {
  const type = headers.get('content-type') ?? ''
  if (!/^multipart\/report\b/i.test(type)) return null
  const kind = /report-type\s*=\s*"?([a-z-]+)/i.exec(type)?.[1]?.toLowerCase()
  if (kind === 'feedback-report') return answer('feedback_report', 'It is a feedback report about a mail of ours.')
  if (kind === 'disposition-notification') return answer('auto_reply', 'It is a notice that a mail of ours was read.')
  return answer('bounce', 'It is a delivery report.')
}

function bounce({ headers, from }: Facts, { envelope_from }: Origin): ClassifiedMail | null {
  if (headers.has('x-failed-recipients')) return answer('bounce', 'It names recipients that a mail did not reach.')
  if (from && ROBOT.test(from.address)) return answer('bounce', `It comes from ${from.address}, a mail system.`)
  if (envelope_from !== '' || autoSubmitted(headers)) return null
  return answer('bounce', 'It has no envelope sender, as only notices of mail systems do (RFC 5321, section 4.5.5).')
}

/**
 * RFC 3834, section 5, and what came before it. What a machine sent by its own motion (an alarm, a form on a web site) may
 * well be a request; what it sent in answer to something is not.
 */
function automatic({ headers, subject, in_reply_to }: Facts, { envelope_from }: Origin): ClassifiedMail | null {
  const keyword = autoSubmitted(headers)
  const suppresses = /\b(?:all|oof|autoreply)\b/i.test(headers.get('x-auto-response-suppress') ?? '')
  if (keyword === 'auto-replied')
    return answer('auto_reply', 'It says that it is an automatic answer (Auto-Submitted).')
  if (AUTO_ANSWER_HEADERS.some((name) => isSet(headers.get(name)))) {
    return answer('auto_reply', 'It says that it is an automatic answer.')
  }
  if (/^auto[_-]?reply$/i.test(headers.get('precedence') ?? '')) {
    return answer('auto_reply', 'It says that it is an automatic answer (Precedence).')
  }
  if (!keyword && !suppresses) return null
  const says_so = envelope_from === '' || ANSWERS_BY_ITSELF.test(subject)
  if (!keyword) return machine('X-Auto-Response-Suppress', says_so)
  return machine('Auto-Submitted', says_so || in_reply_to.length > 0)
}

function machine(header: string, answers: boolean): ClassifiedMail {
  return { classification: 'auto_reply', why: `A machine sent it (${header}).`, stands_alone: !answers }
}

/** Null where the header is absent or says `no`: then a person submitted it. */
function autoSubmitted(headers: Facts['headers']): string | null {
  const keyword = /^[a-z-]+/i.exec(headers.get('auto-submitted') ?? '')?.[0].toLowerCase()
  return keyword && keyword !== 'no' ? keyword : null
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(?:no|false|0)?$/i.test(value)
}

function list({ headers }: Facts): ClassifiedMail | null {
  const header = LIST_HEADERS.find((name) => headers.has(name))
  if (header) return { classification: 'list', why: `It came through a mailing list (${header}).`, stands_alone: true }
  if (!/^(?:bulk|list|junk)$/i.test(headers.get('precedence') ?? '')) return null
  return { classification: 'list', why: 'It was sent to many (Precedence).', stands_alone: true }
}

function calendar({ is_calendar }: Facts): ClassifiedMail | null {
  return is_calendar ? { classification: 'calendar', why: 'It is an invitation.', stands_alone: true } : null
}
