/**
 * Reorders slides where the requested order differs from the document's, in which LibreOffice prints. A wrapper around
 * another engine.
 */
import { type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { pickPages } from './qpdf.ts'

/** The same engine, whose PDFs have their pages in the requested order. */
export function withPageOrder(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { order, ...converted } = await engine.convert(conversion)
    return order ? pickPages(converted, order, { name: 'ordered', conversion, options }) : converted
  })
}
