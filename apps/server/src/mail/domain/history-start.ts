/** The labels of the header that Outlook and web mailers put above a quoted mail, in the languages they speak. */
const FROM = ['from', 'von', 'de', 'da', 'van', 'od', 'från', 'fra', 'от', '发件人', '差出人']
const OTHERS = [
  ...['sent', 'date', 'to', 'cc', 'subject', 'reply-to', 'importance'],
  ...['gesendet', 'datum', 'an', 'betreff', 'kopie', 'antwort an'],
  ...['envoyé', 'à', 'objet', 'copie à'],
  ...['enviado', 'enviada', 'enviado el', 'fecha', 'para', 'asunto', 'assunto', 'data'],
  ...['inviato', 'a', 'oggetto', 'verzonden', 'aan', 'onderwerp', 'wysłano', 'do', 'temat'],
  ...['skickat', 'till', 'ämne', 'til', 'emne', 'дата', 'отправлено', 'кому', 'тема'],
  ...['发送时间', '收件人', '主题', '抄送', '送信日時', '宛先', '件名'],
]
const LABEL = /^[\s*_]{0,8}([\p{L}][\p{L} -]{0,14}?)[\s*_]{0,4}[:：]/u
const FEWEST_LABELS = 3
/** Some mailers leave empty lines between the labels. */
const MOST_EMPTY_LINES = 1

const MARKS = [
  /^-{2,20}\s?(?:original message|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht)\s?-{2,20}$/i,
  /^-{2,20}\s?(?:message d['’]origine|message transféré|message original|mensaje original|messaggio originale)\s?-{2,20}$/i,
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré)\s?:$/i,
]

/** Where the history begins that is set apart by a header or a mark rather than by `>`; the text's length if nowhere. */
export function historyStart(text: string): number {
  const lines = text.split('\n')
  let offset = 0
  for (const [index, line] of lines.entries()) {
    if (isMark(line) || beginsHeader(lines, index)) return offset
    offset += line.length + 1
  }
  return text.length
}

function isMark(line: string): boolean {
  const trimmed = line.trim()
  return trimmed.length <= 80 && MARKS.some((mark) => mark.test(trimmed))
}

/** At least three labels in a row, the author's among them. */
function beginsHeader(lines: readonly string[], start: number): boolean {
  const seen = new Set<string>()
  let empty = 0
  for (const line of lines.slice(start, start + 10)) {
    const label = labelOf(line)
    if (label) seen.add(label)
    else if (line.trim() === '' && seen.size > 0 && empty < MOST_EMPTY_LINES) empty++
    else break
    if (label) empty = 0
  }
  return seen.size >= FEWEST_LABELS && FROM.some((label) => seen.has(label))
}

function labelOf(line: string): string | null {
  const label = LABEL.exec(line)?.[1]?.toLowerCase().trim()
  return label && (FROM.includes(label) || OTHERS.includes(label)) ? label : null
}

const WROTE =
  /(?:wrote|writes|schrieb|schreibt|a écrit|ha scritto|escribió|escreveu|schreef|skrev|pisze|napisał(?:\(a\)|a)?|написал(?:\(а\)|а)?|写道|のメッセージ)/i

/** Whether these lines say who wrote what is quoted below: „Anna <anna@example.com> schrieb am 3. Mai 2025:“ */
export function isAttribution(lines: string): boolean {
  const line = lines.trim()
  return line.length <= 400 && /[:：]$/.test(line) && /\d|@/.test(line) && WROTE.test(line)
}
