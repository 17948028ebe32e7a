import { note } from '#lib/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { WordsBesideMover } from '#worker/flat-text/words-beside.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { replacedBy, type TextCopying, writeFlatCopy } from './flat-copy.ts'

/**
 * A text that is to become a plain one, with its boxes, notes, equations and form fields in the running text; itself
 * where it has none. Tells what has no words to put there.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function withWordsBeside(
  document: OfficeDocument,
  { hasWordsBeside = false, target, onNote }: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  if (!hasWordsBeside || target !== 'txt') return document
  const mover = new WordsBesideMover()
  const copy = await writeFlatCopy(document, mover, copying)
  if (mover.objects > 0) onNote?.(note('objects_not_in_text', { count: mover.objects }))
  return mover.count > 0 ? replacedBy(copy, document, { ...copying, needsPages: false }) : document
}
