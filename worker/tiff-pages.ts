/**
 * TIFF files of several pages, as scanners and faxes make them. LibreOffice 7.4 draws only the first page, 25.2 all of
 * them plus thumbnails and masks; so each page is made the only one in turn, and the PDFs are merged. One that lies on
 * its side is rotated as photographs are. A wrapper around another engine.
 */
import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { PDF_TARGETS, pageNumbers } from '#lib/vocabulary/formats.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { makePdf, type PdfWork } from './qpdf.ts'
import { makeOnly, pageListsOf, takeOrientation } from './tiff-pages/lists.ts'
import { rotationFor } from './turned-pictures/orientation.ts'
import { convertTurned } from './turned-pictures.ts'

const MOST_PAGES = 1000

/** The same engine, whose PDFs have all pages of a TIFF. */
export function withTiffPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { format, target, sourcePath } = conversion
    if (format !== 'tiff' || !PDF_TARGETS.includes(target)) return engine.convert(conversion)
    const file = await open(sourcePath, 'r+')
    try {
      const work = { conversion, options }
      const lists = await pageListsOf(file)
      const [only, ...more] = lists
      if (only === undefined) return await engine.convert(conversion)
      // The file may also contain a thumbnail.
      if (more.length === 0) return await convertPage({ file, list: only }, work, engine)
      const { numbers, paths } = await convertEach({ file, lists }, work, engine)
      return {
        ...(await putTogether(paths, work)),
        exported: numbers.length,
        pages: numbers,
      }
    } finally {
      await file.close()
    }
  })
}

interface TiffFile {
  file: FileHandle
  lists: readonly number[]
}

/** @throws AppError `no_such_page`, `too_many_entries`, as of the engine */
async function convertEach({ file, lists }: TiffFile, { conversion, options: how }: PdfWork, engine: Engine) {
  const { enough, onFirstPage, ...each } = conversion
  const { pages: wanted, ...options } = conversion.options ?? {}
  const numbers = numbersOf(String(wanted ?? enough ?? 'all'), lists.length)
  const paths: string[] = []
  for (const [index, number] of numbers.entries()) {
    const page = { file, list: lists[number - 1] ?? 0 }
    const onProgress = () => reportPage(index, numbers.length, conversion)
    const seen = index === 0 && onFirstPage ? { onFirstPage } : {}
    const work = { conversion: { ...each, ...seen, options, onProgress }, options: how }
    const { path } = await convertPage(page, work, engine)
    const kept = join(conversion.directory, `page-${number}.${conversion.target}`)
    await rename(path, kept)
    paths.push(kept)
  }
  return { numbers, paths }
}

/** Converts one page of it, upright. */
async function convertPage(
  { file, list }: { file: FileHandle; list: number },
  work: PdfWork,
  engine: Engine,
): Promise<Converted> {
  await makeOnly(file, list)
  return convertTurned(engine, rotationFor(await takeOrientation(file, list)), work)
}

function numbersOf(requested: string, last: number): number[] {
  if (last > MOST_PAGES)
    throw new AppError('too_many_entries', { details: { count: last, limit: MOST_PAGES } })
  const { numbers, missing } = pageNumbers(requested, last)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last } })
  return numbers
}

function reportPage(done: number, total: number, { onProgress }: Conversion): void {
  const percent = Math.floor((100 * done) / total)
  onProgress({ phase: 'exporting', current: done + 1, total, unit: 'page', percent, indeterminate: false })
}

/** Merges the PDFs; properties of the first, such as its archive level, apply to the result. */
async function putTogether(paths: readonly string[], work: PdfWork): Promise<Converted> {
  const [first = '', ...more] = paths
  if (more.length === 0) return { path: first }
  return { path: await makePdf('joined', [first, '--pages', ...paths, '--'], work) }
}
