import { expect, it } from 'vitest'
import { classify } from './classify.ts'

interface Case {
  mail: string
  headers?: Record<string, string>
  from?: string
  subject?: string
  answers?: boolean
  envelope_from?: string
  is_signed_by_us?: boolean
  from_own_inbox?: boolean
  is_calendar?: boolean
  is: string
  stands_alone: boolean
}

const person = { is: 'person', stands_alone: true }
const automaticAnswer = { is: 'auto_reply', stands_alone: false }
const machine = { is: 'auto_reply', stands_alone: true }
const bounce = { is: 'bounce', stands_alone: false }
const list = { is: 'list', stands_alone: true }

const CASES: Case[] = [
  { mail: 'a plain mail', ...person },
  { mail: 'one that says that nothing was automatic', headers: { 'auto-submitted': 'no' }, ...person },
  { mail: 'one that says so with a comment', headers: { 'auto-submitted': 'No (by hand)' }, ...person },
  { mail: 'one whose X-Autoreply says no', headers: { 'x-autoreply': 'no' }, ...person },
  { mail: 'a person whose name begins like a robot', from: 'postmasters@example.com', ...person },
  {
    mail: 'a person who writes about being out of the office',
    subject: 'Out of office notices do not work',
    ...person,
  },
  { mail: 'a vacation notice (RFC 3834)', headers: { 'auto-submitted': 'auto-replied' }, ...automaticAnswer },
  {
    mail: 'a vacation notice with parameters',
    headers: { 'auto-submitted': 'auto-replied; owner-email="a@b.c"' },
    ...automaticAnswer,
  },
  {
    mail: 'a vacation notice without an envelope sender',
    headers: { 'auto-submitted': 'auto-replied' },
    envelope_from: '',
    ...automaticAnswer,
  },
  {
    mail: 'a notice of Exchange',
    headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    subject: 'Automatic reply: Your ticket',
    ...automaticAnswer,
  },
  {
    mail: 'a notice of a German Exchange',
    headers: { 'x-auto-response-suppress': 'DR, OOF, AutoReply' },
    subject: 'Automatische Antwort: Ihr Ticket',
    ...automaticAnswer,
  },
  { mail: 'a notice of an old Exim', headers: { 'x-autorespond': 'yes' }, ...automaticAnswer },
  { mail: 'a notice by its Precedence', headers: { precedence: 'auto_reply' }, ...automaticAnswer },
  {
    mail: 'what a machine answers',
    headers: { 'auto-submitted': 'auto-generated' },
    answers: true,
    ...automaticAnswer,
  },
  { mail: 'an alarm of a machine', headers: { 'auto-submitted': 'auto-generated' }, ...machine },
  {
    mail: 'a form that wants no automatic answer',
    headers: { 'x-auto-response-suppress': 'All' },
    ...machine,
  },
  {
    mail: 'a delivery report (RFC 3464)',
    headers: { 'content-type': 'multipart/report; report-type=delivery-status; boundary=b' },
    from: 'mailer-daemon@mx.example.com',
    envelope_from: '',
    ...bounce,
  },
  { mail: 'a report of an unnamed type', headers: { 'content-type': 'multipart/report; boundary="b"' }, ...bounce },
  { mail: 'a bounce in words only', from: 'mailer-daemon@mx.example.com', envelope_from: '', ...bounce },
  { mail: 'a bounce of Gmail', headers: { 'x-failed-recipients': 'bob@example.com' }, ...bounce },
  { mail: 'anything without an envelope sender', envelope_from: '', ...bounce },
  {
    mail: 'a feedback report (RFC 5965)',
    headers: { 'content-type': 'multipart/report; report-type="feedback-report"; boundary=b' },
    is: 'feedback_report',
    stands_alone: false,
  },
  {
    mail: 'a notice that it was read (RFC 8098)',
    headers: { 'content-type': 'multipart/report; report-type=disposition-notification' },
    ...automaticAnswer,
  },
  { mail: 'a mail of a list (RFC 2919)', headers: { 'list-id': '<users.example.com>' }, ...list },
  { mail: 'a newsletter', headers: { 'list-unsubscribe': '<mailto:off@example.com>' }, ...list },
  { mail: 'a mail to many', headers: { precedence: 'bulk' }, ...list },
  { mail: 'an invitation', is_calendar: true, is: 'calendar', stands_alone: true },
  { mail: 'a mail of ours that came back', is_signed_by_us: true, is: 'own', stands_alone: false },
  { mail: 'a form that sends as our inbox', from_own_inbox: true, is: 'own', stands_alone: true },
]

it.each(CASES)('takes $mail for $is', (mail) => {
  const { headers = {}, from = 'anna@example.com', subject = 'Help', answers = false, is, stands_alone } = mail
  const facts = {
    headers: new Map(Object.entries(headers)),
    from: { address: from, name: '' },
    subject,
    in_reply_to: answers ? ['<a@b>'] : [],
    is_calendar: mail.is_calendar ?? false,
  }
  const origin = {
    envelope_from: mail.envelope_from ?? from,
    is_signed_by_us: mail.is_signed_by_us ?? false,
    from_own_inbox: mail.from_own_inbox ?? false,
  }
  const { classification, why, ...rest } = classify(facts, origin)
  expect({ classification, ...rest }).toEqual({ classification: is, stands_alone })
  expect(why).toMatch(/^(?:It|Its|A) .*\.$/)
})
