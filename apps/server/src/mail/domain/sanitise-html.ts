import sanitizeHtml from 'sanitize-html'
import { withinTime } from './time-limit.ts'

const MAX_NESTING = 200
const SANITISE_MS = 3_000
/** Raster images that travel inside the mail; an SVG could carry script. */
const EMBEDDED_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,/i

const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%/]+\))$/i
const LENGTHS = /^(?:-?[\d.]+(?:px|pt|em|rem|ex|%)?|auto|normal|thin|medium|thick|none)(?:\s+[\w.%-]+){0,3}$/i
const WORDS = /^[\w\s,'"-]{1,200}$/
const BORDER = /^[\w\s.#%()-]{1,80}$/

const STYLES: Record<string, RegExp[]> = {
  color: [COLOUR],
  'background-color': [COLOUR],
  'font-family': [WORDS],
  'font-size': [LENGTHS, WORDS],
  'font-style': [WORDS],
  'font-weight': [WORDS],
  'line-height': [LENGTHS],
  'text-align': [WORDS],
  'text-decoration': [WORDS],
  'text-indent': [LENGTHS],
  'vertical-align': [WORDS],
  'white-space': [WORDS],
  'list-style-type': [WORDS],
  direction: [WORDS],
  width: [LENGTHS],
  'max-width': [LENGTHS],
  height: [LENGTHS],
  padding: [LENGTHS],
  'padding-left': [LENGTHS],
  'padding-right': [LENGTHS],
  'padding-top': [LENGTHS],
  'padding-bottom': [LENGTHS],
  border: [BORDER],
  'border-left': [BORDER],
  'border-right': [BORDER],
  'border-top': [BORDER],
  'border-bottom': [BORDER],
  'border-collapse': [WORDS],
}

const CELL = ['colspan', 'rowspan', 'width', 'height', 'bgcolor', 'nowrap']

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ...sanitizeHtml.defaults.allowedTags,
    ...['img', 'font', 'center', 'del', 'ins', 'strike', 'big', 'tt'],
  ],
  allowedAttributes: {
    '*': ['style', 'align', 'valign', 'dir', 'lang', 'title'],
    a: ['href', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height', 'data-remote-src'],
    table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
    td: CELL,
    th: CELL,
    tr: ['bgcolor'],
    col: ['span', 'width'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    li: ['value'],
  },
  allowedStyles: { '*': STYLES },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'xml', 'template'],
  nestingLimit: MAX_NESTING,
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer', target: '_blank' } }),
    img: (tagName, { src = '', ...attribs }) => ({ tagName, attribs: { ...attribs, ...imageSource(src) } }),
  },
}

/** A remote image tells its sender who reads: its address is kept aside, for those who ask for it. */
function imageSource(src: string): Record<string, string> {
  if (EMBEDDED_IMAGE.test(src)) return { src }
  return /^https?:\/\//i.test(src) ? { 'data-remote-src': src } : {}
}

/**
 * HTML of a stranger, made harmless: no script, form, frame or event handler, no style that leaves its place, nothing that
 * is fetched when it is shown, and links that open elsewhere without telling from where. Null where nothing is left, or
 * where it is made so that it would take too long.
 */
export function sanitiseHtml(html: string): string | null {
  return withinTime(SANITISE_MS, () => sanitizeHtml(html, OPTIONS).trim()) || null
}
