import { type Family, SOURCES, TARGETS } from '#lib/vocabulary/formats.ts'
import type { DocumentKind } from '#worker/uno/document.ts'

const FAMILIES: Readonly<Record<DocumentKind, Family | undefined>> = {
  presentation: 'presentation',
  drawing: 'drawing',
  spreadsheet: 'spreadsheet',
  text: 'document',
  other: undefined,
}

/** The filter that reads this format; undefined where LibreOffice detects it. */
export function importFilter(format: string): string | undefined {
  return SOURCES.get(format)?.filter ?? undefined
}

/** The filter that writes a document of this kind as this target; undefined where there is none. */
export function exportFilter(kind: DocumentKind, target: string): string | undefined {
  const family = FAMILIES[kind]
  return family && TARGETS.get(target)?.filters[family]
}
