/** Splits a PDF into several by ranges of pages, in a zip where they are more than one. A wrapper around another engine. */
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isBundle, pageRanges } from '#lib/vocabulary/formats.ts'
import { measured, type Progress } from '#lib/vocabulary/job.ts'
import { type Converted, type Engine, withConvert } from './engine.ts'
import { usualLoadShare } from './load-share.ts'
import { bundle } from './pages/bundle.ts'
import type { PagesOptions } from './pages.ts'
import { newBudget, readObjects, writePdf } from './pdf-graph/graph-files.ts'
import type { PdfWork } from './qpdf.ts'
import { keepPages, type PdfPages, readPages } from './split-pdf/kept-pages.ts'

/** The share of the conversion before. */
const CONVERTING = 0.7
const MOST_FILES = 1000

/** The same engine, whose PDFs are split as requested. */
export function withSplit(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { split, ...others } = conversion.options ?? {}
    if (split === undefined) return engine.convert(conversion)
    const { loadShare = usualLoadShare(conversion.format), onProgress } = conversion
    const { path: pdf } = await engine.convert({
      ...conversion,
      options: others,
      loadShare: Math.min(1, loadShare / CONVERTING),
      onProgress: progress => onProgress(inPart(progress)),
    })
    return splitPdf(pdf, String(split), { conversion, options })
  })
}

function inPart(progress: Progress): Progress {
  const percent = progress.percent === null ? null : Math.floor(progress.percent * CONVERTING)
  return { ...progress, percent }
}

/** @throws AppError `no_such_page`, `too_many_entries`, `pdf_without_pages`, as `readObjects` and `writePdf` */
async function splitPdf(pdf: string, split: string, work: PdfWork): Promise<Converted> {
  const { conversion } = work
  const source = readPages(await readObjects({ path: pdf, name: 'whole', budget: newBudget() }, work))
  const ranges = rangesOf(split, source)
  const paths: string[] = []
  for (const [index, numbers] of ranges.entries()) {
    conversion.onProgress(
      measured('exporting', 100 * (CONVERTING + ((1 - CONVERTING) * index) / ranges.length)),
    )
    const kept = keepPages(source, numbers)
    paths.push(await writePdf(kept.graph, { ...kept, name: nameOf(index, numbers, ranges.length) }, work))
    // A document of a thousand pages must not keep the other slots waiting.
    await nextTurn()
  }
  const [path = ''] = paths
  if (!isBundle(conversion.target, conversion.options ?? {})) return { path, exported: ranges[0]?.length }
  const zip = join(conversion.directory, 'result.zip')
  await bundle(paths, zip, conversion.signal)
  return { path: zip, exported: paths.length, drawnFrom: pdf }
}

function rangesOf(split: string, { pages }: PdfPages): number[][] {
  if (pages.length === 0) throw new AppError('pdf_without_pages')
  const { ranges, missing } = pageRanges(split, pages.length)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last: pages.length } })
  if (ranges.length > MOST_FILES)
    throw new AppError('too_many_entries', { details: { count: ranges.length, limit: MOST_FILES } })
  return ranges
}

/** Such as `02-pages-4-7`: sorted by name, they are in the requested order. */
function nameOf(index: number, numbers: readonly number[], count: number): string {
  const place = String(index + 1).padStart(Math.max(2, String(count).length), '0')
  const [first = 0] = numbers
  const last = numbers.at(-1) ?? first
  return first === last ? `${place}-page-${first}` : `${place}-pages-${first}-${last}`
}
