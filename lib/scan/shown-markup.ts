const UNSHOWN = /<!--|<(?:script|style)(?=[\s>])/i
/** How far a tag that has only begun may reach into the next piece. */
const BEGUN = /<[!a-z-]{0,7}$/i
const LONGEST_END = 9

/** Leaves comments, scripts and styles out of a web page that comes in pieces. */
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
