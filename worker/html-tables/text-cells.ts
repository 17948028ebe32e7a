/** A cell up to its first text; tags of fonts and paragraphs may come in between. */
const CELL = /<(t[dh])\b([^<>]{0,4000})>(?=\s*(?:(?:&nbsp;|<[a-su-z][^<>]{0,1000}>)\s*){0,10}([^<]{0,300}))/gi
/** Numbers that LibreOffice would show differently, and what it would calculate. */
const TEXTUAL = /^(?:[+=]|-?0\d|-?[\d.,]{16,}$|-?\d+(?:\.\d+)?e[+-]?\d+$)/i
/** Excel's mark for a text cell: at the cell, or for all cells of a class. */
const AS_TEXT = /mso-number-format\s*:\s*["']?(?:&quot;)?\\@/i
const CLASS_AS_TEXT = /\.([\w-]{1,60})[^{}<>]{0,200}\{[^{}<>]{0,2000}?mso-number-format\s*:\s*["']?\\@/gi
const CLASS = /\bclass\s*=\s*["']?([\w-]{1,60})/i
/** LibreOffice's mark for a text cell: the language, nothing, and the format for text. */
const MARK = ' sdnum="1033;0;@"'
/** Longer than a cell up to its first text. */
const MOST_KEPT = 32 * 1024

/** The page with its cells marked, as bytes in the given encoding. */
export async function* markTextCells({
  pieces,
  encoding,
}: {
  pieces: AsyncIterable<string>
  encoding: 'latin1' | 'utf8'
}): AsyncIterable<Buffer> {
  const classes = new Set<string>()
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece
    for (const [, name = ''] of text.matchAll(CLASS_AS_TEXT)) classes.add(name)
    const end = lastCellIn(text)
    rest = text.slice(end)
    yield Buffer.from(marked(text.slice(0, end), classes), encoding)
  }
  yield Buffer.from(marked(rest, classes), encoding)
}

/** The start of the last cell, if it may continue in the next piece; otherwise the end. */
function lastCellIn(text: string): number {
  const at = Math.max(...['<td', '<TD', '<th', '<TH'].map(tag => text.lastIndexOf(tag)))
  if (at >= 0 && text.length - at <= MOST_KEPT) return at
  // Its own tag may be split.
  return text.length - (/<t?$/i.exec(text.slice(-2))?.[0].length ?? 0)
}

function marked(text: string, classes: ReadonlySet<string>): string {
  return text.replace(CELL, (whole, ...found: string[]) => {
    const [name, attributes = '', words = ''] = found
    const isText =
      TEXTUAL.test(words.trim()) || AS_TEXT.test(attributes) || classes.has(CLASS.exec(attributes)?.[1] ?? '')
    return isText && !/\ssd(num|val)\s*=/i.test(attributes) ? `<${name}${MARK}${attributes}>` : whole
  })
}
