const ENTITY = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi
const LAST_CODE = 0x10ffff

/** The text between the tags of a markup that comes in pieces. What stands in tags is no text, or not shown as such. */
export class BetweenTags {
  #isInTag = false

  of(piece: string): string {
    let text = ''
    for (let at = 0; at < piece.length; ) {
      const end = piece.indexOf(this.#isInTag ? '>' : '<', at)
      const stop = end < 0 ? piece.length : end
      if (!this.#isInTag) text += piece.slice(at, stop)
      if (end >= 0) this.#isInTag = !this.#isInTag
      at = stop + 1
    }
    return text.includes('&#') ? text.replace(ENTITY, letterOf) : text
  }

  /** The same as `of`, where nobody asks for the text. */
  skip(piece: string): void {
    const [open, close] = [piece.lastIndexOf('<'), piece.lastIndexOf('>')]
    if (open !== close) this.#isInTag = open > close
  }
}

function letterOf(entity: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
  return code <= LAST_CODE ? String.fromCodePoint(code) : entity
}
