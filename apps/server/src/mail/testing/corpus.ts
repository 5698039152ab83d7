import type { ParsedMail } from '../domain/parsed-mail.ts'

/** A mail of ours, made to be nasty in one way, and what must be understood of it. */
export interface CorpusMail {
  name: string
  raw: Buffer
  expected: Partial<ParsedMail>
}

/** One byte a character, so that a source can hold any byte; lines end as on the wire. */
function source(text: string): Buffer {
  return Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')
}

const UTF8 = (text: string) => Buffer.from(text).toString('latin1')
const ANNA = { address: 'anna@example.com', name: 'Anna' }

export const MAILS: CorpusMail[] = [
  {
    name: 'plain text with every header that matters',
    raw: source(`From: Anna <Anna@Example.com>
Reply-To: "Team" <team@example.com>
To: Support <support@acme.test>, bob@example.com
Cc: carol@example.com
Subject: Printer
Message-ID: <m1@example.com>
In-Reply-To: <m0@example.com>
References: <r1@example.com>
 <r2@example.com> <m0@example.com>

It is broken.
`),
    expected: {
      from: ANNA,
      reply_to: { address: 'team@example.com', name: 'Team' },
      to: ['support@acme.test', 'bob@example.com'],
      cc: ['carol@example.com'],
      subject: 'Printer',
      message_id: '<m1@example.com>',
      in_reply_to: ['<m0@example.com>'],
      references: ['<r1@example.com>', '<r2@example.com>', '<m0@example.com>'],
      text: 'It is broken.',
      html: null,
      attachments: [],
    },
  },
  {
    name: 'encoded words in subject and name, folded in their middle (RFC 2047)',
    raw: source(`From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <jm@example.com>
Subject: =?UTF-8?B?RHJ1Y2tlciDigJ4=?=
 =?UTF-8?B?a2FwdXR04oCc?=
 =?ISO-8859-1?Q?_gr=FC=DFe?=

x
`),
    expected: { from: { address: 'jm@example.com', name: 'Jürgen Müller' }, subject: 'Drucker „kaputt“ grüße' },
  },
  {
    name: 'an encoded word that is split within a character',
    raw: source(`From: anna@example.com
Subject: =?UTF-8?B?w6TD?= =?UTF-8?B?tsO8?=

x
`),
    expected: { subject: 'äöü' },
  },
  {
    name: 'a header of raw UTF-8 (RFC 6532)',
    raw: source(`From: ${UTF8('Jürgen <jürgen@example.com>')}
Subject: ${UTF8('Grüße aus Köln 🎉')}

x
`),
    expected: { from: { address: 'jürgen@example.com', name: 'Jürgen' }, subject: 'Grüße aus Köln 🎉' },
  },
  {
    name: 'Latin-1, quoted-printable, with a soft line break',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe aus =
K=F6ln
`),
    expected: { text: 'Grüße aus Köln' },
  },
  {
    name: 'Windows-1252 without an encoding',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: 8bit

\x84Hallo\x93 10 \x80
`),
    expected: { text: '„Hallo“ 10 €' },
  },
  {
    name: 'Japanese in ISO-2022-JP',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=ISO-2022-JP

\x1b$B$3$s$K$A$O\x1b(B
`),
    expected: { text: 'こんにちは' },
  },
  {
    name: 'base64 with stray characters',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

SGVs
bG8g d29y
bGQ=
`),
    expected: { text: 'Hello world' },
  },
  {
    name: 'a character set that does not exist',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=x-unknown-9

Hello
`),
    expected: { text: 'Hello' },
  },
  {
    name: 'flowed text (RFC 3676)',
    raw: source(`From: anna@example.com
Content-Type: text/plain; charset=utf-8; format=flowed

This paragraph goes 
on here.
`),
    expected: { text: 'This paragraph goes on here.' },
  },
  {
    name: 'HTML alone, whose text is made of it',
    raw: source(`From: anna@example.com
Content-Type: text/html; charset=utf-8

<html><body><h1>Hi</h1><p>It is <b>broken</b>.</p><script>alert(1)</script></body></html>
`),
    expected: { text: 'HI\n\nIt is broken.', html: '<h1>Hi</h1><p>It is <b>broken</b>.</p>' },
  },
  {
    name: 'both alternatives, the text taken from the text part',
    raw: source(`From: anna@example.com
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

The text.
--b
Content-Type: text/html

<p>The HTML.</p>
--b--
`),
    expected: { text: 'The text.', html: '<p>The HTML.</p>' },
  },
  {
    name: 'attachments with names in every encoding, counted and not kept',
    raw: source(`From: anna@example.com
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

See these.
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%BCller.pdf
Content-Transfer-Encoding: base64

AAECAw==
--b
Content-Type: image/png; name="=?UTF-8?B?QsO8cm8ucG5n?="
Content-Disposition: attachment

12345
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename*0="a very "; filename*1="long.bin"

x
--b
Content-Type: application/zip
Content-Disposition: attachment

zip
--b--
`),
    expected: {
      text: 'See these.',
      attachments: [
        { filename: 'Rechnung Müller.pdf', content_type: 'application/pdf', size: 4 },
        { filename: 'Büro.png', content_type: 'image/png', size: 5 },
        { filename: 'a very long.bin', content_type: 'application/octet-stream', size: 1 },
        { filename: 'unnamed', content_type: 'application/zip', size: 3 },
      ],
    },
  },
  {
    name: 'a NUL and half a surrogate pair, which no database takes',
    raw: source(`From: anna@example.com
Subject: a\0b
Content-Type: text/html; charset=utf-8

<p>c\0d &#xD83D; e</p>
`),
    expected: { subject: 'ab' },
  },
  {
    name: 'no From, but a Sender',
    raw: source(`Sender: anna@example.com
Subject: x

x
`),
    expected: { from: { address: 'anna@example.com', name: '' } },
  },
  {
    name: 'nobody at all',
    raw: source(`From: undisclosed
Subject: x

x
`),
    expected: { from: null },
  },
  {
    name: 'several authors, and groups (RFC 5322, section 3.4)',
    raw: source(`From: Anna <anna@example.com>, Bob <bob@example.com>
To: The team: carol@example.com, Dave <dave@example.com>;, support@acme.test
Cc: Nobody:;

x
`),
    expected: { from: ANNA, to: ['carol@example.com', 'dave@example.com', 'support@acme.test'], cc: [] },
  },
  {
    name: 'an international domain',
    raw: source(`From: info@xn--mller-kva.example
Subject: x

x
`),
    expected: { from: { address: 'info@müller.example', name: '' } },
  },
  {
    name: 'no Message-ID, an empty one, or one without brackets',
    raw: source(`From: anna@example.com
Message-ID: plain-id@example.com
In-Reply-To: <>
References: bare@example.com <folded-
 id@example.com>, <not an id>

x
`),
    expected: {
      message_id: '<plain-id@example.com>',
      in_reply_to: [],
      references: ['<folded-id@example.com>'],
    },
  },
  {
    name: 'no body',
    raw: source(`From: anna@example.com
Subject: Only a subject
`),
    expected: { subject: 'Only a subject', text: '', html: null },
  },
  {
    name: 'lines that end with LF alone',
    raw: Buffer.from('From: anna@example.com\nSubject: LF\n\nHello\nthere\n'),
    expected: { subject: 'LF', text: 'Hello\nthere' },
  },
  {
    name: 'a boundary that never ends',
    raw: source(`From: anna@example.com
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Cut off in the mid`),
    expected: { text: 'Cut off in the mid' },
  },
  {
    name: 'an invitation',
    raw: source(`From: anna@example.com
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

Join us.
--b
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
END:VCALENDAR
--b--
`),
    expected: { text: 'Join us.', is_calendar: true },
  },
  {
    name: 'a calendar file in an ordinary mail',
    raw: source(`From: anna@example.com
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

My holidays.
--b
Content-Type: text/calendar
Content-Disposition: attachment; filename=holidays.ics

BEGIN:VCALENDAR
--b--
`),
    expected: { text: 'My holidays.', is_calendar: false },
  },
  {
    name: 'a delivery report, with the id of the mail it is about',
    raw: source(`From: MAILER-DAEMON@mx.example.com
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; anna@example.com
Status: 5.1.1
--b
Content-Type: text/rfc822-headers

From: support@acme.test
Message-ID: <ours@acme.test>
--b--
`),
    expected: { reported_message_ids: ['<ours@acme.test>'], message_id: null },
  },
]
