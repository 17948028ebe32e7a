const UNSHOWN = /<!--|<(?:script|style)(?=[\s>])/i
/** The start of a tag that may continue in the next piece. */
const BEGUN = /<[!a-z-]{0,7}$/i
const LONGEST_END = 9

/** Removes comments, scripts and styles from a web page that arrives in pieces. */
export class ShownMarkup {
  #end: RegExp | undefined
  #rest = ''

  read(piece: string): string {
    let text = this.#rest + piece
    let shown = ''
    for (;;) {
      const match = (this.#end ?? UNSHOWN).exec(text)
      if (!match) break
      if (!this.#end) shown += text.slice(0, match.index)
      this.#end = this.#end ? undefined : endOf(match[0])
      text = text.slice(match.index + match[0].length)
    }
    this.#rest = this.#end ? text.slice(-LONGEST_END) : (BEGUN.exec(text)?.[0] ?? '')
    return this.#end ? shown : shown + text.slice(0, text.length - this.#rest.length)
  }
}

function endOf(begin: string): RegExp {
  return begin === '<!--' ? /-->/ : new RegExp(`</${begin.slice(1)}`, 'i')
}
