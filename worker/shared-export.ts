/**
 * Exports a long document by two engines at once, while slots are free, and the PDFs become one. Of a presentation or
 * drawing both export all pages, and each draws its share of them; of a workbook each exports ranges of pages. A wrapper
 * around another engine.
 */
import { type Engine, withConvert } from './engine.ts'
import { hasShareableSheets, hasShareableSlides } from './shared-export/is-shareable.ts'
import { SharedConversion, type SharedExportOptions } from './shared-export/shared-conversion.ts'
import { SharedRanges } from './shared-export/shared-ranges.ts'

/** The same engine, which shares the export of a document where that is worth it. */
export function withSharedExport(engine: Engine, options: SharedExportOptions): Engine {
  const lend = engine.lend?.bind(engine)
  if (!lend) return engine
  return withConvert(engine, conversion => {
    const sharing = { engine, lend, conversion, options }
    if (hasShareableSlides(conversion)) return new SharedConversion(sharing).run()
    if (hasShareableSheets(conversion)) return new SharedRanges(sharing).run()
    return engine.convert(conversion)
  })
}
