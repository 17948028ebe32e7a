/**
 * Equations of PowerPoint, where it is words that are asked for. LibreOffice passes over an equation beside which words
 * stand, and the picture that stands in for the whole has none; so each equation becomes words of its paragraph.
 */
import { officeMathWords } from '#worker/equations/office-math.ts'
import { OddMarkup, rewritten } from './markup.ts'
import type { Change, Package } from './package.ts'

const MAY_HOLD_SHAPES = /^ppt\/(?:slides|slideLayouts|slideMasters)\/[^/]+\.xml$/i
const [BEGIN, END] = [/^<a14:m[\s>]/, /^<\/a14:m\s*>/]
/** LibreOffice takes a newer form only where that asks for one thing alone. */
const REQUIRES = /(\sRequires\s*=\s*["'])[^"']*\ba14\b[^"']*/
/** Farther than any equation reaches. */
const LONGEST = 1024 * 1024

export function equationWordChanges({ names }: Package): Map<string, Change> {
  return new Map(names(MAY_HOLD_SHAPES).map(name => [name, withWords]))
}

/** @throws OddMarkup */
function withWords(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let equation: string | undefined
  return rewritten(content, ({ name, text }) => {
    if (equation === undefined && BEGIN.test(text)) equation = ''
    else if (equation === undefined) return name === 'Choice' ? text.replace(REQUIRES, '$1a14') : text
    else if (END.test(text)) {
      const words = officeMathWords(Buffer.from(equation, 'latin1').toString())
      equation = undefined
      return `<a:r><a:t>${Buffer.from(words).toString('latin1')}</a:t></a:r>`
    } else equation += text
    if (equation.length > LONGEST) throw new OddMarkup('an equation without an end')
    return ''
  })
}
