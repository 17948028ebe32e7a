/**
 * PowerPoint equations and handwriting. LibreOffice chooses the newer of two forms instead of the fallback picture,
 * although it draws no handwriting, no equation beside text, and a lone equation stretched to its shape. The copy
 * requires an unknown extension, so that it chooses the older form.
 */
import { eachToken, rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'

const MAY_HOLD_SHAPES = /^ppt\/(?:slides|slideLayouts|slideMasters)\/[^/]+\.xml$/i
const NOT_DRAWN = /^(?:m|contentPart)$/
const REQUIRES = /(\sRequires\s*=\s*["'])[^"']*/

/** The changes that make LibreOffice choose the older forms. */
export async function fallbackChanges({ names, read }: Package): Promise<Map<string, PartChange>> {
  const changes = new Map<string, PartChange>()
  for (const name of names(MAY_HOLD_SHAPES)) {
    const numbers = await notDrawnIn(read(name))
    if (numbers.size > 0) changes.set(name, content => withoutChoice(content, numbers))
  }
  return changes
}

/** Tracks which alternative of a part is open, counted from 0. */
class Alternatives {
  readonly #open: number[] = []
  #count = 0

  get innermost(): number | undefined {
    return this.#open.at(-1)
  }

  read({ kind, name }: Token): void {
    if (name !== 'AlternateContent') return
    if (kind === 'open') this.#open.push(this.#count++)
    if (kind === 'close') this.#open.pop()
  }
}

/** The alternatives whose newer form is not drawn, and which have an older one. */
async function notDrawnIn(content: AsyncIterable<Buffer>): Promise<Set<number>> {
  const alternatives = new Alternatives()
  const [notDrawn, numbers] = [new Set<number>(), new Set<number>()]
  await eachToken(content, token => {
    alternatives.read(token)
    const number = alternatives.innermost
    if (number === undefined || token.kind === 'close') return
    if (NOT_DRAWN.test(token.name)) notDrawn.add(number)
    if (token.name === 'Fallback' && token.kind === 'open' && notDrawn.has(number)) numbers.add(number)
  })
  return numbers
}

function withoutChoice(content: AsyncIterable<Buffer>, numbers: ReadonlySet<number>): AsyncIterable<Buffer> {
  const alternatives = new Alternatives()
  return rewritten(content, token => {
    alternatives.read(token)
    const isStated = token.name === 'Choice' && numbers.has(alternatives.innermost ?? -1)
    return isStated ? token.text.replace(REQUIRES, '$1none') : token.text
  })
}
