/**
 * Exports a long presentation or drawing by two engines at once, while slots are free: both load the document and
 * export all of its pages, each draws its share of them, and the PDFs become one. A wrapper around another engine.
 */
import { type Engine, withConvert } from './engine.ts'
import { isShareable } from './shared-export/is-shareable.ts'
import { SharedConversion, type SharedExportOptions } from './shared-export/shared-conversion.ts'

/** The same engine, which shares the export of a document where that is worth it. */
export function withSharedExport(engine: Engine, options: SharedExportOptions): Engine {
  const lend = engine.lend?.bind(engine)
  if (!lend) return engine
  return withConvert(engine, conversion => {
    if (!isShareable(conversion)) return engine.convert(conversion)
    return new SharedConversion({ engine, lend, conversion, options }).run()
  })
}
