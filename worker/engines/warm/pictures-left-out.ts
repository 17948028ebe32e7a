import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { picturesOfNotes } from '#worker/uno/pictures-of-notes.ts'

/**
 * Notes the pictures of footnotes and endnotes, which LibreOffice does not write into a rich text.
 * @throws UnoError, ProtocolError, the signal's reason
 */
export async function notePicturesLeftOut(
  document: OfficeDocument,
  { target, onNote, signal }: Conversion,
): Promise<void> {
  if (target !== 'rtf') return
  const count = await document.withModel(picturesOfNotes, signal)
  if (count > 0) onNote?.(note('pictures_of_notes_missing', { count }))
}
