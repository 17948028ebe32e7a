/**
 * Checks every PDF/A and PDF/UA for violations of its standard and notes them. qpdf reads the objects in the sandbox,
 * because a process that had read hostile bytes wrote the file. A wrapper around another engine.
 */
import { join } from 'node:path'
import { TARGETS } from '#lib/vocabulary/formats.ts'
import { type NoteCode, note } from '#lib/vocabulary/notes.ts'
import { type Engine, withConvert } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'
import type { PdfWork } from './qpdf.ts'
import { openRegular } from './regular-file.ts'
import { accessibilityBreaches } from './standards/accessibility-rules.ts'
import { archiveBreaches, type Breaches } from './standards/archive-rules.ts'
import { countFlattened } from './standards/flattened-pages.ts'
import { declaresStandard } from './standards/identification.ts'
import { PdfObjects, parseObjects } from './standards/pdf-objects.ts'
import type { ProgramContext } from './watched-program.ts'

/** The largest list of objects; that of a thousand pages has a tenth of it. */
const MOST_BYTES = 64e6
const PART = /^pdfa-(\d)b$/

/** The same engine, which notes violations in its PDF/A and PDF/UA. */
export function withStandards(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const converted = await engine.convert(conversion)
    const { target, onNote } = conversion
    if (!onNote || !(PART.test(target) || target === 'pdfua')) return converted
    const breaches = await breachesIn(converted.path, { conversion, options })
    const standard = TARGETS.get(target)?.name ?? target
    for (const [code, count] of Object.entries(breaches))
      if (count > 0) onNote(note(code as NoteCode, { count, details: { standard } }))
    return converted
  })
}

/** @throws AppError as of `runPoppler`; the signal's reason */
async function breachesIn(pdf: string, work: PdfWork): Promise<Breaches> {
  const { target } = work.conversion
  const objects = await objectsOf(pdf, work)
  if (!objects) return { standard_not_checked: 1 }
  const part = Number(PART.exec(target)?.[1])
  return {
    standard_not_named: Number(!(await declaresStandard(pdf, target))),
    ...(part ? archiveBreaches(objects, part) : accessibilityBreaches(objects)),
    ...(part === 1 && { pages_became_pictures: await countFlattened(pdf, objects, locationOf(work)) }),
  }
}

function locationOf({ conversion, options }: PdfWork): ProgramContext {
  const { directory: slot, target, processor, signal } = conversion
  return { ...options, slot, target, processor, signal }
}

/** Undefined where there are too many, or where they cannot be parsed. */
async function objectsOf(pdf: string, { conversion, options }: PdfWork): Promise<PdfObjects | undefined> {
  const { directory: slot } = conversion
  const list = join(slot, 'objects.json')
  const inside = [pdf, list].map(path => options.sandbox.pathInside(slot, path))
  const command = ['qpdf', '--warning-exit-0', '--json=2', '--json-key=qpdf', ...inside]
  await runPoppler(command, locationOf({ conversion, options }), { page: 1 })
  const file = await openRegular(list)
  if (!file) return undefined
  try {
    if ((await file.stat()).size > MOST_BYTES) return undefined
    return new PdfObjects(parseObjects(await file.readFile('utf8')))
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}
