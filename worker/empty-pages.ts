/**
 * Counts printed pages without content and removes them on request: a coloured column of a sheet makes hundreds of
 * them, and slides without notes have empty notes pages. A wrapper around another engine.
 */
import { PDF_TARGETS, SOURCES } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { emptyPagesOf } from './empty-pages/find.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { pickPages } from './qpdf.ts'

/** The same engine, which notes or removes empty pages. */
export function withEmptyPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const converted = await engine.convert(conversion)
    return mayHaveSome(conversion, converted) ? inspectPages(converted, conversion, options) : converted
  })
}

const FAMILIES: readonly (string | undefined)[] = ['spreadsheet', 'document', 'presentation']

function mayHaveSome({ format, target, enough }: Conversion, { exported }: Converted): boolean {
  const isPrinted = PDF_TARGETS.includes(target) && enough === undefined
  return isPrinted && exported !== 1 && FAMILIES.includes(SOURCES.get(format)?.family)
}

async function inspectPages(
  converted: Converted,
  conversion: Conversion,
  options: PagesOptions,
): Promise<Converted> {
  const isOfSheets = SOURCES.get(conversion.format)?.family === 'spreadsheet'
  const { empty: seen, pages } = await emptyPagesOf(converted.path, isOfSheets)
  const empty = new Set([...seen, ...(converted.emptyPages ?? [])])
  const count = empty.size
  const isToStay = conversion.options?.emptyPages !== false
  // A wholly empty document keeps its pages: a PDF must have at least one.
  if (isToStay || count === 0 || count === pages) {
    if (count > 0) conversion.onNote?.(note(count === pages ? 'result_blank' : 'empty_pages', { count }))
    return converted
  }
  const kept = Array.from({ length: pages }, (_, index) => index + 1).filter(number => !empty.has(number))
  const filled = await pickPages(converted, kept, { name: 'filled', conversion, options })
  conversion.onNote?.(note('empty_pages_left_out', { count }))
  return filled
}
