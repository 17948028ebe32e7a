import { note } from '#lib/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { leaveHiddenSheetsOut, showHiddenSheets } from '#worker/uno/sheets.ts'
import { printSheetsWhole } from '#worker/uno/whole-sheets.ts'

/** Settles which sheets of a loaded workbook are printed, and how much of each. @throws UnoError, ProtocolError */
export async function chooseSheets(
  document: OfficeDocument,
  { options = {}, signal, onNote }: Conversion,
): Promise<void> {
  if (options.hiddenSheets === true) await document.walk(showHiddenSheets, signal)
  else {
    const hidden = await document.walk(leaveHiddenSheetsOut, signal)
    if (hidden > 0) onNote?.(note('hidden_sheets_left_out', { count: hidden }))
  }
  if (options.onePagePerSheet !== true) return
  const divided = await document.walk(printSheetsWhole, signal)
  if (divided > 0) onNote?.(note('sheets_on_several_pages', { count: divided }))
}
