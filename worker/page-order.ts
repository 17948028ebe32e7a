/** Slides in another order than that of the document, in which LibreOffice prints them. This is an engine around any other. */
import { type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { pickPages } from './qpdf.ts'

/** The same engine, whose PDFs have their pages in the order that was asked for. */
export function withPageOrder(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { order, ...converted } = await engine.convert(conversion)
    return order ? pickPages(converted, order, { name: 'ordered', conversion, options }) : converted
  })
}
