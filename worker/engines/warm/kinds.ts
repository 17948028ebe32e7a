import type { DocumentKind } from '#worker/uno/document.ts'
import { importFilter } from './filters.ts'

const FORMATS: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  presentation: ['pptx', 'ppsx', 'potx', 'pptm', 'ppsm', 'potm', 'odp', 'otp', 'fodp'],
  text: ['docx', 'dotx', 'docm', 'dotm', 'odt', 'ott', 'fodt', 'rtf'],
  spreadsheet: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'ods', 'ots', 'fods'],
  drawing: ['odg', 'otg', 'fodg'],
}
const KINDS = new Map(
  Object.entries(FORMATS).flatMap(([kind, formats]) =>
    formats.map(format => [format, kind as DocumentKind] as const),
  ),
)

/**
 * The kind of an opened document of this format: an import filter always makes one kind. Undefined where LibreOffice
 * chooses the filter and has to be asked, which takes up to five calls.
 */
export function kindRead(format: string): DocumentKind | undefined {
  return importFilter(format) === undefined ? undefined : KINDS.get(format)
}
