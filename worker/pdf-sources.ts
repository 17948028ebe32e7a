/**
 * Sources that are PDFs already. LibreOffice would open one as a drawing and lay it out anew, so it is not involved: a
 * PDF stays as it is, or only some of its pages are taken. A wrapper around another engine.
 */
import { join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { pageNumbers } from '#lib/vocabulary/formats.ts'
import { unmeasured } from '#lib/vocabulary/job.ts'
import { FIRST_PAGE } from './document-paths.ts'
import { type Conversion, type Converted, type Engine, FIRST_PAGE_SIDE, withConvert } from './engine.ts'
import { openPdf } from './open-pdf.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'
import { newBudget, readObjects, writePdf } from './pdf-graph/graph-files.ts'
import type { PdfWork } from './qpdf.ts'
import { keepPages, readPages } from './split-pdf/kept-pages.ts'

/** The same engine, which also takes PDFs. */
export function withPdfSources(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, conversion =>
    conversion.format === 'pdf' ? takePdf({ conversion, options }) : engine.convert(conversion),
  )
}

/** @throws AppError as `openPdf`, `no_such_page`, `pdf_without_pages`, `pdf_too_complex`; the signal's reason */
async function takePdf(work: PdfWork): Promise<Converted> {
  const { conversion } = work
  conversion.onProgress(unmeasured('exporting'))
  const opened = await openPdf(work)
  await showFirst(opened, work)
  const { pages: requested } = conversion.options ?? {}
  return requested === undefined ? { path: opened } : choosePages(opened, String(requested), work)
}

async function choosePages(path: string, requested: string, work: PdfWork): Promise<Converted> {
  const source = readPages(await readObjects({ path, name: 'source', budget: newBudget() }, work))
  const last = source.pages.length
  if (last === 0) throw new AppError('pdf_without_pages')
  const { numbers, missing } = pageNumbers(requested, last)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last } })
  const kept = keepPages(source, numbers)
  return {
    path: await writePdf(kept.graph, { ...kept, name: 'chosen' }, work),
    exported: numbers.length,
    pages: numbers,
  }
}

/** The picture is optional: a program that cannot draw the page may still read it. */
async function showFirst(path: string, { conversion, options }: PdfWork): Promise<void> {
  const { directory: slot, target, processor, signal, onFirstPage }: Conversion = conversion
  if (!onFirstPage) return
  const picture = join(slot, FIRST_PAGE)
  const [from, to] = [path, picture].map(file => options.sandbox.pathInside(slot, file)) as [string, string]
  const look = ['-png', '-singlefile', '-scale-to', String(FIRST_PAGE_SIDE), '-f', '1', '-l', '1']
  const how = { ...options, slot, target, processor, signal }
  try {
    await runPoppler(['pdftocairo', ...look, from, to], how, { page: 1 })
    onFirstPage(Promise.resolve(`${picture}.png`))
  } catch {
    signal.throwIfAborted()
  }
}
