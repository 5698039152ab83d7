import EmailReplyParser from 'email-reply-parser'
import { historyStart, isAttribution } from './history-start.ts'
import { withinTime } from './time-limit.ts'

interface ReplyText {
  /** What is new in this mail. */
  text: string
  /** The quoted history and the signature, to be folded away; null where there is none. */
  quoted_text: string | null
}

/** Longer texts are split up to here; what follows stays with the part it follows. */
const MAX_SPLIT = 50_000
/** The library's patterns can backtrack without end on text made for it; splitting is a convenience and may fail. */
const SPLIT_MS = 500

/**
 * Parts what somebody wrote from what their mail program quoted. No word is lost: each is in one of the two parts, and
 * where nothing would be left to see, or the text cannot be parted, all of it is text.
 */
export function splitReply(whole: string): ReplyText {
  const { head, tail } = headAndTail(whole)
  const cutAt = historyStart(head)
  const parts = partsOf(head.slice(0, cutAt))
  if (!parts) return { text: whole, quoted_text: null }
  const history = head.slice(cutAt)
  const after = [...parts.after, history].filter(hasWords)
  // What lies beyond the limit continues the last part, whichever it was.
  const text = after.length === 0 && tail ? `${parts.text}\n${tail}` : parts.text
  if (after.length > 0 && tail) after.push(tail)
  if (!hasWords(text)) return { text: whole, quoted_text: null }
  const quoted = [...parts.before, ...after].filter(hasWords).map(trimLines).join('\n\n')
  return { text: trimLines(text), quoted_text: quoted || null }
}

interface Parts {
  /** Quoted above the text, by those who answer below. */
  before: string[]
  text: string
  after: string[]
}

/** Quotations between the answers stay where they are: without them the answers cannot be understood. */
function partsOf(head: string): Parts | null {
  const fragments = fragmentsOf(head)
  if (!fragments || !haveSameWords(head, fragments.map(({ content }) => content).join('\n'))) return null
  const first = fragments.findIndex(({ hidden }) => !hidden)
  if (first === -1) return { before: [], text: '', after: fragments.map(({ content }) => content) }
  const last = fragments.findLastIndex(({ hidden }) => !hidden)
  const contents = (from: number, to: number) => fragments.slice(from, to).map(({ content }) => content)
  const text = contents(first, last + 1).join('\n')
  const after = contents(last + 1, fragments.length)
  const attribution = after.some((part) => part.trimStart().startsWith('>')) ? attributionAtEnd(text) : text.length
  return { before: contents(0, first), text: text.slice(0, attribution), after: [text.slice(attribution), ...after] }
}

/** Where the line begins that says who wrote the quotation that follows, as far as it was not recognised as such. */
function attributionAtEnd(text: string): number {
  const end = text.trimEnd().length
  for (let lines = 1, start = end; lines <= 2 && start > 0; lines++) {
    start = text.lastIndexOf('\n', start - 1)
    if (isAttribution(text.slice(start + 1, end))) return start + 1
    if (start === -1) break
  }
  return text.length
}

interface Fragment {
  content: string
  hidden: boolean
}

/** Null where the text takes too long. */
function fragmentsOf(text: string): Fragment[] | null {
  return withinTime(SPLIT_MS, () =>
    new EmailReplyParser()
      .read(text)
      .getFragments()
      .map((fragment) => ({ content: fragment.getContent(), hidden: fragment.isHidden() })),
  )
}

/** The library rewrites line breaks and may garble a text that holds `$` signs: then its work is not used. */
function haveSameWords(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '')
}

function hasWords(text: string): boolean {
  return /\S/.test(text)
}

function trimLines(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}

function headAndTail(whole: string): { head: string; tail: string } {
  if (whole.length <= MAX_SPLIT) return { head: whole, tail: '' }
  const line = whole.lastIndexOf('\n', MAX_SPLIT)
  const end = line > 0 ? line : MAX_SPLIT
  return { head: whole.slice(0, end), tail: whole.slice(end) }
}
