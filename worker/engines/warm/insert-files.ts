import { pathToFileURL } from 'node:url'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { insertFile } from '#worker/uno/insert-file.ts'
import { importFilter } from './filters.ts'

/** Inserts the files beside a text at their bookmarks, and notes how many LibreOffice did not accept. */
export async function insertFiles(
  document: OfficeDocument,
  { inserted = [], signal, onNote }: Conversion,
  inside: (path: string) => string,
): Promise<void> {
  let missing = 0
  for (const { bookmark, path, format } of inserted) {
    const file = { bookmark, url: pathToFileURL(inside(path)).href, filter: importFilter(format) ?? '' }
    if (!(await document.withModel((text, session) => insertFile(text, file, session), signal))) missing++
  }
  if (missing > 0) onNote?.(note('inserted_files_not_shown', { count: missing }))
}
