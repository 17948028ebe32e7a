/**
 * PowerPoint equations, where only the text is needed. LibreOffice skips an equation beside text, and its fallback
 * picture has no text; so each equation becomes text of its paragraph.
 */
import { officeMathWords } from '#worker/equations/office-math.ts'
import { OddMarkup, rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'

const MAY_HOLD_SHAPES = /^ppt\/(?:slides|slideLayouts|slideMasters)\/[^/]+\.xml$/i
const [BEGIN, END] = [/^<a14:m[\s>]/, /^<\/a14:m\s*>/]
/** The forms of a shape that may contain equations. */
const REQUIRES = /\sRequires\s*=\s*["'][^"']*\ba14\b/
const TAG = /^<(\/?)([\w.-]+:)?(?:Choice|Fallback)/
/** Longer than any equation. */
const LONGEST = 1024 * 1024

/** The changes that turn the equations of all slides into text. */
export function equationWordChanges({ names }: Package): Map<string, PartChange> {
  return new Map(names(MAY_HOLD_SHAPES).map(name => [name, withWords]))
}

/** @throws OddMarkup */
function withWords(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const forms = new Forms()
  let equation: string | undefined
  return rewritten(content, token => {
    const { text } = token
    if (equation === undefined && BEGIN.test(text)) equation = ''
    else if (equation === undefined) return forms.written(token)
    else if (END.test(text)) {
      const words = officeMathWords(Buffer.from(equation, 'latin1').toString())
      equation = undefined
      return `<a:r><a:t>${Buffer.from(words).toString('latin1')}</a:t></a:r>`
    } else equation += text
    if (equation.length > LONGEST) throw new OddMarkup('an equation without an end')
    return ''
  })
}

/**
 * Swaps the newer form, which has the text, and the older one, which is a picture: of what requires a14, LibreOffice
 * 7.4 chooses the newer form and 25.2 the older one.
 */
class Forms {
  /** For each open alternative, whether its forms are swapped. */
  readonly #open: boolean[] = []

  written({ kind, name, text }: Token): string {
    if (name === 'AlternateContent' && kind === 'open') this.#open.push(false)
    if (name === 'AlternateContent' && kind === 'close') this.#open.pop()
    if (name === 'Choice' && kind === 'open' && REQUIRES.test(text)) this.#open[this.#open.length - 1] = true
    if (!this.#open.at(-1) || !(name === 'Choice' || name === 'Fallback')) return text
    const [other, asks] = name === 'Choice' ? ['Fallback', ''] : ['Choice', ' Requires="none"']
    return text.replace(TAG, `<$1$2${other}${kind === 'close' ? '' : asks}`)
  }
}
