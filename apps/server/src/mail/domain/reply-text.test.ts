import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitReply } from './reply-text.ts'

interface Case {
  client: string
  mail: string
  text: string
  quoted: RegExp
}

const QUOTE = '> Thank you for your message.\n> It is now a ticket.\n'

const CASES: Case[] = [
  {
    client: 'Gmail, English',
    mail: `It works now, thanks!\n\nOn Mon, May 5, 2025 at 10:11 AM Acme Support <support@acme.test> wrote:\n\n${QUOTE}`,
    text: 'It works now, thanks!',
    quoted: /^On Mon.*wrote:\s+> Thank you/s,
  },
  {
    client: 'Gmail, English, with a folded attribution',
    mail: `Thanks!\n\nOn Mon, May 5, 2025 at 10:11 AM Acme Support <\nsupport-with-a-long-name@acme.test> wrote:\n\n${QUOTE}`,
    text: 'Thanks!',
    quoted: /^On Mon.*wrote:\s+> Thank you/s,
  },
  {
    client: 'Gmail, German',
    mail: `Danke, es geht.\n\nAm Mo., 5. Mai 2025 um 10:11 Uhr schrieb Acme Support <support@acme.test>:\n\n${QUOTE}`,
    text: 'Danke, es geht.',
    quoted: /^Am Mo.*:\s+> Thank you/s,
  },
  {
    client: 'Gmail on a telephone, German',
    mail: `Danke, es geht.\n\nAcme Support <support@acme.test> schrieb am Mo., 5. Mai 2025, 10:11:\n\n${QUOTE}`,
    text: 'Danke, es geht.',
    quoted: /^Acme Support.*:\s+> Thank you/s,
  },
  {
    client: 'Gmail, French',
    mail: `Merci, ça marche.\n\nLe lun. 5 mai 2025 à 10:11, Acme Support <support@acme.test> a écrit :\n\n${QUOTE}`,
    text: 'Merci, ça marche.',
    quoted: /^Le lun.*:\s+> Thank you/s,
  },
  {
    client: 'Apple Mail, English',
    mail: `Still broken.\n\nBest,\nAnna\n\n> On 5. May 2025, at 10:11, Acme Support <support@acme.test> wrote:\n> \n${QUOTE}`,
    text: 'Still broken.\n\nBest,\nAnna',
    quoted: /^> On 5\. May/,
  },
  {
    client: 'Apple Mail, German, with its signature',
    mail: `Noch kaputt.\n\nVon meinem iPhone gesendet\n\n> Am 05.05.2025 um 10:11 schrieb Acme Support <support@acme.test>:\n> \n${QUOTE}`,
    text: 'Noch kaputt.',
    quoted: /^Von meinem iPhone gesendet\s+> Am 05/,
  },
  {
    client: 'Apple Mail, French',
    mail: `Encore en panne.\n\n> Le 5 mai 2025 à 10:11, Acme Support <support@acme.test> a écrit :\n> \n${QUOTE}`,
    text: 'Encore en panne.',
    quoted: /^> Le 5 mai/,
  },
  {
    client: 'Outlook, English',
    mail: 'It works.\n\nFrom: Acme Support <support@acme.test>\nSent: Monday, May 5, 2025 10:11 AM\nTo: Anna <anna@example.com>\nSubject: Re: Printer [TKT-2025-000001]\n\nThank you for your message.\n\nIt is now a ticket.\n',
    text: 'It works.',
    quoted: /^From: Acme Support.*It is now a ticket\.$/s,
  },
  {
    client: 'Outlook, English, without addresses and empty lines before its header',
    mail: 'It works.\nFrom: Acme Support\nSent: Monday, May 5, 2025 10:11 AM\nTo: Anna\nSubject: Re: Printer\n\nThank you.\n',
    text: 'It works.',
    quoted: /^From: Acme Support.*Thank you\.$/s,
  },
  {
    client: 'Outlook, German',
    mail: 'Es geht.\n\nVon: Acme Support <support@acme.test>\nGesendet: Montag, 5. Mai 2025 10:11\nAn: Anna <anna@example.com>\nBetreff: AW: Drucker\n\nVielen Dank.\n',
    text: 'Es geht.',
    quoted: /^Von: Acme.*Vielen Dank\.$/s,
  },
  {
    client: 'Outlook, French',
    mail: 'Ça marche.\n\nDe : Acme Support <support@acme.test>\nEnvoyé : lundi 5 mai 2025 10:11\nÀ : Anna <anna@example.com>\nObjet : RE: Imprimante\n\nMerci.\n',
    text: 'Ça marche.',
    quoted: /^De : Acme.*Merci\.$/s,
  },
  {
    client: 'Outlook on a telephone, with its line',
    mail: 'It works.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Acme Support <support@acme.test>\nSent: Monday, May 5, 2025 10:11:00 AM\nTo: Anna <anna@example.com>\nSubject: Re: Printer\n\nThank you.\n',
    text: 'It works.',
    quoted: /^Get Outlook for iOS.*Thank you\.$/s,
  },
  {
    client: 'Outlook in bold, as text made of HTML',
    mail: 'It works.\n\n*From:* Acme Support <support@acme.test>\n*Sent:* Monday, May 5, 2025 10:11 AM\n*To:* Anna <anna@example.com>\n*Subject:* Re: Printer\n\nThank you.\n',
    text: 'It works.',
    quoted: /^\*From:\*.*Thank you\.$/s,
  },
  {
    client: 'GMX and web.de',
    mail: 'Es geht.\n\nGesendet: Montag, 5. Mai 2025 um 10:11 Uhr\nVon: "Acme Support" <support@acme.test>\nAn: anna@example.com\nBetreff: Re: Drucker\nVielen Dank.\n',
    text: 'Es geht.',
    quoted: /^Gesendet: Montag.*Vielen Dank\.$/s,
  },
  {
    client: 'Thunderbird, German',
    mail: `Es geht.\n\nAm 05.05.25 um 10:11 schrieb Acme Support:\n${QUOTE}`,
    text: 'Es geht.',
    quoted: /^Am 05\.05\.25.*:\s+> Thank you/s,
  },
  {
    client: 'an old Outlook with its line',
    mail: 'Es geht.\n\n-----Ursprüngliche Nachricht-----\nVon: Acme Support\nVielen Dank.\n',
    text: 'Es geht.',
    quoted: /^-----Ursprüngliche Nachricht-----/,
  },
  {
    client: 'a signature by its separator (RFC 3676)',
    mail: 'The order is wrong.\n\n-- \nAnna Example\nExample Ltd.\n',
    text: 'The order is wrong.',
    quoted: /^-- \nAnna Example/,
  },
  {
    client: 'one who answers below the quotation',
    mail: `On Mon, May 5, 2025 at 10:11 AM Acme Support <support@acme.test> wrote:\n${QUOTE}\nBelow is my answer.\n`,
    text: 'Below is my answer.',
    quoted: /^On Mon.*> It is now a ticket\.$/s,
  },
]

const words = (text: string | null) => (text ?? '').split(/\s+/).filter(Boolean)

describe('folds away the history and the signature, and nothing else, as written by', () => {
  it.each(CASES)('$client', ({ mail, text, quoted }) => {
    const reply = splitReply(mail)
    expect(reply.text).toBe(text)
    expect(reply.quoted_text).toMatch(quoted)
    expect([...words(reply.text), ...words(reply.quoted_text)].toSorted()).toEqual(words(mail).toSorted())
  })
})

it('keeps the quotations between the answers of one who answers line by line', () => {
  const mail = '> Which version?\n4.2\n> Which system?\nDebian\n\n> Regards\n> Acme\n'
  const { text } = splitReply(`Hello,\n${mail}`)
  expect(text).toBe('Hello,\n> Which version?\n4.2\n> Which system?\nDebian')
})

it.each([
  ['a mail that is nothing but a quotation', '> You wrote this.\n> And that.'],
  ['a forward without a word of its own', 'From: Bob <bob@example.com>\nSent: Monday\nTo: Anna\nSubject: Hi\n\nHello'],
  ['a plain mail', 'Hello,\n\nmy printer is broken.\n\nFrom: the office we see smoke.'],
  ['an empty one', ''],
])('shows the whole of %s', (_, mail) => {
  expect(splitReply(mail)).toEqual({ text: mail, quoted_text: null })
})

it('leaves a text alone that the parser would garble', () => {
  const mail = "On $& and $' and $` of May Anna\n<anna@example.com> wrote:\n\n> Hello\n"
  const reply = splitReply(mail)
  expect(words(reply.text + (reply.quoted_text ?? '')).join('')).toBe(words(mail).join(''))
})

it.each([
  ['a line of one attribution within the other', `${'a on at '.repeat(6_000)}\n`],
  ['a thousand beginnings of an attribution', 'Op een dag\n'.repeat(4_000)],
  ['white space without end', `${' \n'.repeat(20_000)}x`],
])('gives up on %s within a second, and shows it whole', (_, mail) => {
  const before = performance.now()
  const { text, quoted_text } = splitReply(mail)
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(words(text + (quoted_text ?? '')).length).toBe(words(mail).length)
})

it('loses no word of any text, however long', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      '> quoted',
      '-- ',
      'On Mon, May 5, 2025 at 10:11 Anna <a@b.c> wrote:',
      'From: A <a@b.c>',
      '',
      '$&',
      'Sent: x',
    ),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const mail = lines.join('\n')
      const reply = splitReply(mail)
      const kept = [...words(reply.text), ...words(reply.quoted_text)].toSorted()
      expect(kept).toEqual(words(mail).toSorted())
    }),
  )
  const long = `${'word '.repeat(30_000)}end`
  expect(words(splitReply(long).text)).toHaveLength(30_001)
})
