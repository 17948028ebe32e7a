const BEGIN = '<a:majorFont>'
const END = '</a:majorFont>'
const TITLE = /\stype="(?:title|ctrTitle)"|"\+mj-/

/** The font of titles: every theme names one, but many presentations have no title that uses it. */
export class Titles {
  #font = ''
  #isUsed = false

  /** The text of a part without the font of titles, which is stored. */
  without(part: string, text: string): string {
    if (part.startsWith('ppt/slides/')) this.#isUsed ||= TITLE.test(text)
    if (!part.startsWith('ppt/theme/')) return text
    const begin = text.indexOf(BEGIN)
    const end = text.indexOf(END, begin)
    if (begin < 0 || end < 0) return text
    this.#font += text.slice(begin, end)
    return text.slice(0, begin) + text.slice(end)
  }

  /** The themes' title fonts, if a slide has a title. */
  used(): string {
    return this.#isUsed ? this.#font : ''
  }
}
