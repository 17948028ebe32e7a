/**
 * Printed pages that say nothing, as a whole column of a sheet that is coloured makes hundreds of them, and notes pages
 * of slides without notes: they are counted, and left out where that is asked for. This is an engine around any other.
 */
import { PDF_TARGETS, SOURCES } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { emptyPagesOf } from './empty-pages/find.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { pickPages } from './qpdf.ts'

/** The same engine, which tells of empty pages or leaves them out. */
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
  // What says nothing at all keeps its pages: a PDF must have one.
  if (isToStay || count === 0 || count === pages) {
    if (count > 0) conversion.onNote?.(note('empty_pages', { count }))
    return converted
  }
  const kept = Array.from({ length: pages }, (_, index) => index + 1).filter(number => !empty.has(number))
  const filled = await pickPages(converted, kept, { name: 'filled', conversion, options })
  conversion.onNote?.(note('empty_pages_left_out', { count }))
  return filled
}
