/**
 * Slides in another order than LibreOffice prints them: qpdf puts them into it. This is an engine around any other.
 */
import { type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { makePdf } from './qpdf.ts'

/** The same engine, whose PDFs have their pages in the order that was wished for. */
export function withKeptPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { kept, ...converted } = await engine.convert(conversion)
    if (!kept) return converted
    const words = [converted.path, '--pages', '.', kept.join(','), '--']
    const path = await makePdf('kept', words, { conversion, options })
    return { ...converted, path, exported: kept.length }
  })
}
