const ENTITY = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi
const LAST_CODE = 0x10ffff
/** The element repeats content that stands beside it in a newer form. */
const FALLBACK = 'mc:Fallback'
/** The part of a tag that must be seen at once. */
const HEAD = `</${FALLBACK}`.length

/** The text between the tags of a markup that arrives in pieces. Text in tags is not shown. */
export class BetweenTags {
  #isInTag = false
  #isRepeated = false
  /** The beginning of a tag that continues in the next piece. */
  #head = ''

  of(piece: string): string {
    const markup = this.#whole(piece)
    let text = ''
    for (let at = 0; at < markup.length; ) {
      const end = markup.indexOf(this.#isInTag ? '>' : '<', at)
      const stop = end < 0 ? markup.length : end
      if (!this.#isInTag && !this.#isRepeated) text += markup.slice(at, stop)
      if (end >= 0) this.#isInTag = !this.#isInTag
      at = stop + 1
      if (this.#isInTag) this.#readTag(markup, at)
    }
    return text.includes('&#') ? text.replace(ENTITY, letterOf) : text
  }

  /** The same as `of`, without collecting the text. */
  skip(piece: string): void {
    const markup = this.#whole(piece)
    const [open, close] = [markup.lastIndexOf('<'), markup.lastIndexOf('>')]
    if (open !== close) this.#isInTag = open > close
    const [begin, end] = [markup.lastIndexOf(`<${FALLBACK}`), markup.lastIndexOf(`</${FALLBACK}`)]
    if (begin !== end) this.#isRepeated = begin > end
  }

  #whole(piece: string): string {
    const markup = this.#head + piece
    const open = markup.lastIndexOf('<')
    const isCut = open >= 0 && markup.length - open < HEAD && !markup.includes('>', open)
    this.#head = isCut ? markup.slice(open) : ''
    return isCut ? markup.slice(0, open) : markup
  }

  #readTag(markup: string, at: number): void {
    if (markup.startsWith(FALLBACK, at)) this.#isRepeated = true
    else if (markup.startsWith(`/${FALLBACK}`, at)) this.#isRepeated = false
  }
}

function letterOf(entity: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
  return code <= LAST_CODE ? String.fromCodePoint(code) : entity
}
