/**
 * Photographs taken with the camera on its side. LibreOffice ignores their orientation, and when it rotates a picture
 * it resamples its pixels. So the pages of the PDF are rotated, which keeps every pixel. A wrapper around another
 * engine.
 */
import { join } from 'node:path'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { FIRST_PAGE } from './document-paths.ts'
import { type Converted, type Engine, FIRST_PAGE_SIDE, withConvert } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'
import { makePdf, type PdfWork } from './qpdf.ts'
import { hasExif } from './turned-pictures/exif.ts'
import { type Rotation, rotationOf } from './turned-pictures/orientation.ts'

/** The same engine, whose PDFs of photographs are upright. */
export function withTurnedPictures(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { format, target, sourcePath } = conversion
    if (!hasExif(format) || !PDF_TARGETS.includes(target)) return engine.convert(conversion)
    return convertTurned(engine, await rotationOf(sourcePath, format), { conversion, options })
  })
}

/**
 * Converts a picture into a PDF and rotates its pages; the engine mirrors it.
 * @throws AppError as of `runPoppler` and the engine; the signal's reason
 */
export async function convertTurned(
  engine: Engine,
  { degrees, isMirrored }: Rotation,
  work: PdfWork,
): Promise<Converted> {
  const mirrored = { ...work.conversion, isMirrored }
  if (degrees === 0) return engine.convert(mirrored)
  const { onFirstPage: _, ...unseen } = mirrored
  return rotatePages(await engine.convert(unseen), degrees, work)
}

async function rotatePages(
  converted: Converted,
  degrees: Rotation['degrees'],
  work: PdfWork,
): Promise<Converted> {
  const path = await makePdf('turned', [`--rotate=+${degrees}`, converted.path], work)
  await drawFirstPage(path, work)
  return { ...converted, path }
}

async function drawFirstPage(pdf: string, { conversion, options }: PdfWork): Promise<void> {
  const { directory: slot, target, processor, signal, onFirstPage } = conversion
  if (!onFirstPage) return
  const picture = join(slot, FIRST_PAGE)
  const inside = (path: string) => options.sandbox.pathInside(slot, path)
  const size = ['-scale-to', String(FIRST_PAGE_SIDE)]
  const command = ['pdftoppm', '-png', '-singlefile', ...size, inside(pdf), inside(picture)]
  await runPoppler(command, { ...options, slot, target, processor, signal }, { page: 1 })
  onFirstPage(Promise.resolve(`${picture}.png`))
}
