import { AppError } from '#lib/vocabulary/errors.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { sheetEnds } from '#worker/uno/sheet-ends.ts'
import { LONGEST } from '#worker/uno/sheet-frame.ts'
import { leaveHiddenSheetsOut, showHiddenSheets } from '#worker/uno/sheets.ts'
import { findSparseSheet } from '#worker/uno/sparse-sheets.ts'
import { printSheetsWhole } from '#worker/uno/whole-sheets.ts'

/** The area for cells on a usual paper, in hundredths of a millimetre. */
const PAPER = { width: 17_000, height: 25_000 }

/**
 * Sets which sheets of a loaded workbook are printed, and how much of each.
 * @throws AppError `sheet_too_sparse`; UnoError, ProtocolError
 */
export async function chooseSheets(
  document: OfficeDocument,
  { options = {}, signal, onNote }: Pick<Conversion, 'options' | 'signal' | 'onNote'>,
): Promise<void> {
  const page = options.onePagePerSheet === true ? { width: LONGEST, height: LONGEST } : PAPER
  const withHidden = options.hiddenSheets === true
  const ends = await document.withModel(sheetEnds, signal)
  const sparse = await document.withModel(
    (workbook, session) => findSparseSheet(workbook, { ends, page, withHidden }, session),
    signal,
  )
  if (sparse)
    throw new AppError('sheet_too_sparse', {
      details: { ...sparse, pages: sparse.pages.toLocaleString('en'), option: 'onePagePerSheet' },
    })
  if (withHidden) await document.withModel(showHiddenSheets, signal)
  else {
    const hidden = await document.withModel(leaveHiddenSheetsOut, signal)
    if (hidden > 0) onNote?.(note('hidden_sheets_left_out', { count: hidden }))
  }
  if (options.onePagePerSheet !== true) return
  const divided = await document.withModel(
    (workbook, session) => printSheetsWhole(workbook, ends, session),
    signal,
  )
  if (divided > 0) onNote?.(note('sheets_on_several_pages', { count: divided }))
}
