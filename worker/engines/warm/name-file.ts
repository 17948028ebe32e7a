import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'
import { sourceNameOf } from '#worker/engines/source-name.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { nameFileInFormulas } from '#worker/uno/file-name-formulas.ts'
import { showNamesAlone, showNamesAloneOnSheets } from '#worker/uno/file-names.ts'

const OPEN_WORKBOOKS = ['ods', 'ots', 'fods', 'sxc']

/** Makes a document print its sender's file name where it would print its path on this machine. */
export async function nameFile(
  document: OfficeDocument,
  kind: DocumentKind,
  conversion: Conversion,
): Promise<void> {
  const { hasFileNames, format, target, signal } = conversion
  if (!hasFileNames) return
  if (kind === 'text') await document.withModel(showNamesAlone, signal)
  if (kind !== 'spreadsheet') return
  await document.withModel(showNamesAloneOnSheets, signal)
  const naming = {
    fileName: sourceNameOf(conversion),
    naming: OPEN_WORKBOOKS.includes(format) ? ('openDocument' as const) : ('excel' as const),
    // Other targets keep the protection of sheets.
    isUnprotected: target === 'csv' || PDF_TARGETS.includes(target),
  }
  await document.withModel((workbook, session) => nameFileInFormulas(workbook, naming, session), signal)
}
