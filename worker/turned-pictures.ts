/**
 * Photographs that were taken with the camera on its side. LibreOffice shows them as they lie in the file, and when it
 * turns one it draws it anew with other pixels. So the pages of the PDF are turned, in which every pixel stays what it
 * was. This is an engine around any other.
 */
import { join } from 'node:path'
import { PDF_TARGETS } from '#lib/formats.ts'
import { type Conversion, type Converted, type Engine, FIRST_PAGE_SIDE, withConvert } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'
import { type Turn, turnOf } from './turned-pictures/orientation.ts'

/** The same engine, whose PDFs of photographs stand upright. */
export function withTurnedPictures(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { format, target, sourcePath } = conversion
    if (format !== 'jpg' || !PDF_TARGETS.includes(target)) return engine.convert(conversion)
    const { degrees, isMirrored } = await turnOf(sourcePath)
    const mirrored = { ...conversion, isMirrored }
    if (degrees === 0) return engine.convert(mirrored)
    const { onFirstPage: _, ...unseen } = mirrored
    return turn(await engine.convert(unseen), degrees, { conversion, options })
  })
}

/** @throws AppError as of `runPoppler`; the signal's reason */
async function turn(
  converted: Converted,
  degrees: Turn['degrees'],
  { conversion, options }: { conversion: Conversion; options: PagesOptions },
): Promise<Converted> {
  const { directory: slot, target, processor, signal, onFirstPage } = conversion
  const { sandbox } = options
  const how = { ...options, slot, target, processor, signal }
  const run = (...words: string[]) =>
    runPoppler(
      words.map(word => sandbox.pathInside(slot, word)),
      how,
      { page: 1 },
    )
  const path = join(slot, `turned.${target}`)
  // What it mended in LibreOffice's file is no failure.
  await run('qpdf', '--warning-exit-0', `--rotate=+${degrees}`, converted.path, path)
  if (onFirstPage) {
    const picture = join(slot, 'first-page')
    await run('pdftoppm', '-png', '-singlefile', '-scale-to', String(FIRST_PAGE_SIDE), path, picture)
    onFirstPage(`${picture}.png`)
  }
  return { ...converted, path }
}
