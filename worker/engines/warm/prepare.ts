import { AppError } from '#lib/errors.ts'
import { PAPERS, PDF_TARGETS, PICTURES, pageNumbers } from '#lib/formats.ts'
import { note } from '#lib/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { showNamesAlone, showNamesAloneOnSheets } from '#worker/uno/file-names.ts'
import type { PageSize } from '#worker/uno/page-size.ts'
import { countPrinted, visibleSlides } from '#worker/uno/pages.ts'
import { setPaper } from '#worker/uno/paper.ts'
import { layOutPicture } from '#worker/uno/picture-page.ts'
import {
  calculate,
  leaveHiddenSheetsOut,
  moveSheetFirst,
  setSheetPaper,
  showHiddenSheets,
} from '#worker/uno/sheets.ts'
import { setMissingTitle } from '#worker/uno/title.ts'
import { placeOf } from './picture.ts'
import { writeFields } from './written-fields.ts'

/** A PDF/UA must have one, and the name of the file is not known here. */
const TITLE = 'Document'

/** The pages that are to be printed, where those are not all. */
export interface Chosen {
  /** As they are counted without the others that are hidden. */
  pages: readonly number[]
  /** As LibreOffice counts them. */
  range: string
}

export interface Prepared {
  chosen: Chosen | undefined
  /** @see Converted.kept */
  kept: readonly number[] | undefined
}

/**
 * Changes a loaded document as the options wish what no filter can be told.
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
    await document.walk(calculate, signal)
    conversion.onNote?.(note('recalculated'))
  }
  await layOutPages(document, conversion)
  await writeFields(document, kind, conversion)
  if (conversion.hasFileNames && kind === 'text') await document.walk(showNamesAlone, signal)
  if (conversion.hasFileNames && kind === 'spreadsheet') await document.walk(showNamesAloneOnSheets, signal)
  if (kind === 'spreadsheet' && (paper.fitToWidth || paper.landscape))
    await document.walk((component, walk) => setSheetPaper(component, paper, walk), signal)
  const kept =
    kind === 'spreadsheet' && PDF_TARGETS.includes(target)
      ? await chooseSheets(document, conversion)
      : undefined
  if (kind === 'spreadsheet' && target === 'csv')
    await bringFirst(Number(options.sheet ?? 1), document, signal)
  if (target === 'pdfua')
    await document.walk((component, walk) => setMissingTitle(component, TITLE, walk), signal)
  return {
    kept,
    chosen: PDF_TARGETS.includes(target) ? await choosePages(document, kind, conversion) : undefined,
  }
}

/** What has no page of its own gets one. */
async function layOutPages(
  document: OfficeDocument,
  { format, options, isMirrored = false, signal }: Conversion,
): Promise<void> {
  const paper = options?.paper === undefined ? undefined : String(options.paper)
  if (PICTURES.includes(format)) {
    const layout = { isMirrored, place: (picture: PageSize) => placeOf(picture, paper) }
    return document.walk((component, walk) => layOutPicture(component, layout, walk), signal)
  }
  const sides = PAPERS[paper ?? '']
  if (sides) await document.walk((component, walk) => setPaper(component, sides, walk), signal)
}

/** The numbers of the pages that are to stay, where hidden sheets are printed all the same: with one page for each. */
async function chooseSheets(
  document: OfficeDocument,
  { options, signal, onNote }: Conversion,
): Promise<number[] | undefined> {
  if (options?.hiddenSheets === true) {
    await document.walk(showHiddenSheets, signal)
    return undefined
  }
  const { visible, hidden } = await document.walk(leaveHiddenSheetsOut, signal)
  if (hidden > 0) onNote?.(note('hidden_sheets_left_out', { count: hidden }))
  return hidden > 0 && options?.onePagePerSheet === true ? visible : undefined
}

async function bringFirst(sheet: number, document: OfficeDocument, signal: AbortSignal): Promise<void> {
  const { moved, sheets } = await document.walk(
    (component, walk) => moveSheetFirst(component, sheet, walk),
    signal,
  )
  if (!moved) throw new AppError('no_such_sheet', { details: { sheet, last: sheets } })
}

/** The numbers of the slides that are printed. @throws AppError `all_slides_hidden` */
async function chooseSlides(document: OfficeDocument, { signal, onNote }: Conversion): Promise<number[]> {
  const { visible, hidden } = await document.walk(visibleSlides, signal)
  if (hidden > 0 && visible.length === 0) throw new AppError('all_slides_hidden')
  if (hidden > 0) onNote?.(note('hidden_slides_left_out', { count: hidden }))
  return visible
}

async function choosePages(
  document: OfficeDocument,
  kind: DocumentKind,
  conversion: Conversion,
): Promise<Chosen | undefined> {
  const { options = {}, enough, signal } = conversion
  const wish = String(options.pages ?? enough ?? 'all')
  const leavesOut = kind === 'presentation' && options.hiddenSlides !== true
  const isAsked = wish !== 'all' || conversion.hiddenSlides !== 0
  const visible = leavesOut && isAsked ? await chooseSlides(document, conversion) : undefined
  // One page per sheet knows no choice.
  if (wish === 'all' || options.onePagePerSheet === true) return undefined
  const last = visible?.length ?? (await document.walk(countPrinted, signal))
  const { numbers, missing } = pageNumbers(wish, last)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last } })
  return { pages: numbers, range: numbers.map(number => visible?.[number - 1] ?? number).join(',') }
}
