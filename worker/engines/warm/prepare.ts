import { AppError } from '#lib/vocabulary/errors.ts'
import { PAPERS, PDF_TARGETS, PICTURES } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { partsHangul } from '#worker/parted-hangul.ts'
import type { LeftOut } from '#worker/tables/leave-out.ts'
import { closeGapsOnSlides } from '#worker/uno/asian-gaps.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { partWordsOnSlides } from '#worker/uno/hangul-breaks.ts'
import type { PageSize } from '#worker/uno/page-size.ts'
import { setPaper } from '#worker/uno/paper.ts'
import { layOutPicture } from '#worker/uno/picture-page.ts'
import { fitDates } from '#worker/uno/sheet-dates.ts'
import { calculate, moveSheetFirst, setSheetPaper } from '#worker/uno/sheets.ts'
import { setMissingTitle } from '#worker/uno/title.ts'
import { leaveBackgroundsOut } from './backgrounds.ts'
import { chooseSheets } from './choose-sheets.ts'
import { type Chosen, choosePages } from './chosen-pages.ts'
import { emptyNotesPages } from './empty-notes.ts'
import { nameFile } from './name-file.ts'
import { placementOf } from './picture-placement.ts'
import { rowsAsRequested } from './rows-as-requested.ts'
import { writeFields } from './written-fields.ts'

/** A PDF/UA must have a title, and the file's name is not known here. */
const TITLE = 'Document'

/** What the export needs from the preparation. */
export interface Prepared {
  /** The pages to print, where these are not all. */
  chosen: Chosen | undefined
  /** @see Converted.emptyPages */
  emptyPages: readonly number[] | undefined
  /** What the CSV omits. */
  leftOut: LeftOut | undefined
}

/**
 * Changes a loaded document for the options that no filter supports.
 * @throws AppError `no_such_page`, `no_such_sheet`, `all_slides_hidden`; UnoError, ProtocolError, the signal's reason
 */
export async function prepare(
  document: OfficeDocument,
  kind: DocumentKind,
  conversion: Conversion,
): Promise<Prepared> {
  const { target, options = {}, signal } = conversion
  const paper = { fitToWidth: options.fitToWidth === true, landscape: options.landscape === true }
  if (kind === 'spreadsheet' && conversion.recalculate) {
    await document.withModel(calculate, signal)
    conversion.onNote?.(note('recalculated'))
  }
  await layOutPages(document, conversion)
  if (kind === 'spreadsheet' && conversion.region?.locale) await document.withModel(fitDates, signal)
  await writeFields(document, kind, conversion)
  if (conversion.withoutAsianGaps && kind === 'presentation')
    await document.withModel(closeGapsOnSlides, signal)
  if (kind === 'presentation' && partsHangul(conversion)) await document.withModel(partWordsOnSlides, signal)
  await nameFile(document, kind, conversion)
  if (kind === 'spreadsheet' && (paper.fitToWidth || paper.landscape))
    await document.withModel((component, session) => setSheetPaper(component, paper, session), signal)
  if (kind === 'spreadsheet' && target === 'csv')
    await bringFirst(Number(options.sheet ?? 1), document, signal)
  const leftOut = kind === 'spreadsheet' ? await rowsAsRequested(document, conversion) : undefined
  if (kind === 'spreadsheet' && PDF_TARGETS.includes(target)) await chooseSheets(document, conversion)
  if (target === 'pdfua')
    await document.withModel((component, session) => setMissingTitle(component, TITLE, session), signal)
  if (kind === 'drawing') await leaveBackgroundsOut(document, conversion)
  const chosen = PDF_TARGETS.includes(target) ? await choosePages(document, kind, conversion) : undefined
  const emptyPages = await emptyNotesPages(document, kind, { conversion, chosen })
  return { chosen, emptyPages, leftOut }
}

/** Sets the page of a source without pages. */
async function layOutPages(
  document: OfficeDocument,
  { format, options, isMirrored = false, signal }: Conversion,
): Promise<void> {
  const paper = options?.paper === undefined ? undefined : String(options.paper)
  if (PICTURES.includes(format)) {
    const layout = { isMirrored, placement: (picture: PageSize) => placementOf(picture, paper) }
    return document.withModel((component, session) => layOutPicture(component, layout, session), signal)
  }
  const sides = PAPERS[paper ?? '']
  if (sides) await document.withModel((component, session) => setPaper(component, sides, session), signal)
}

async function bringFirst(sheet: number, document: OfficeDocument, signal: AbortSignal): Promise<void> {
  const { moved, sheets } = await document.withModel(
    (component, session) => moveSheetFirst(component, sheet, session),
    signal,
  )
  if (!moved) throw new AppError('no_such_sheet', { details: { sheet, last: sheets } })
}
