/** Nothing is loaded and nothing runs: no script, no picture from elsewhere that would tell the sender it was read. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:"

const STYLE =
  'html{color-scheme:light;background:#fff;color:#1d1c1a;font:14px/1.5 -apple-system,"Segoe UI",Roboto,Arial,sans-serif}' +
  'body{margin:12px 14px;overflow-wrap:anywhere}img{max-width:100%;height:auto}blockquote{margin:8px 0 8px 2px;padding-left:10px;border-left:2px solid #d8d4ce;color:#57534d}'

const LINE_PX = 22
const CHARACTERS_A_LINE = 88
const LOWEST_PX = 72
const HIGHEST_PX = 520

/** The document a closed frame shows: the sanitised mail below a policy of its own, on white as mails are designed. */
export function mailDocument(html: string): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<meta name="referrer" content="no-referrer"><style>${STYLE}</style></head><body>${html}</body></html>`
  )
}

/** In pixels. A closed frame cannot be measured, so the same message as text tells how tall it will be. */
export function likelyHeight(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / CHARACTERS_A_LINE)), 0)
  return Math.min(HIGHEST_PX, Math.max(LOWEST_PX, (lines + 2) * LINE_PX))
}
