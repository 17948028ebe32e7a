import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { removeLastPages } from '#worker/uno/printed-pages.ts'

/**
 * Removes the backgrounds from the pages of a drawing that is printed; LibreOffice draws them behind the pages anyway.
 */
export async function leaveBackgroundsOut(
  document: OfficeDocument,
  { drawingPages, target, signal, onNote }: Conversion,
): Promise<void> {
  if (!drawingPages) return
  const { count, backgrounds: removed } = drawingPages
  const isLeftOut =
    PDF_TARGETS.includes(target) &&
    (await document.withModel(
      (drawing, session) => removeLastPages(drawing, { count, removed }, session),
      signal,
    ))
  const code = isLeftOut ? 'background_pages_left_out' : 'background_pages_printed'
  onNote?.(note(code, { count: removed }))
}
