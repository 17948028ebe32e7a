/**
 * Pages that LibreOffice prints though they should be left out: hidden sheets, where each sheet has one page. qpdf takes
 * them away. It also puts slides into another order. This is an engine around any other.
 */
import { type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { makePdf } from './qpdf.ts'

/** The same engine, whose PDFs have only the pages that are to stay, in the order that was wished for. */
export function withKeptPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { kept, ...converted } = await engine.convert(conversion)
    if (!kept) return converted
    const words = [converted.path, '--pages', '.', kept.join(','), '--']
    const path = await makePdf('kept', words, { conversion, options })
    return { ...converted, path, exported: kept.length }
  })
}
