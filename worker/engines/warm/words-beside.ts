import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { ShapesAsBoxes } from '#worker/flat-text/shapes-as-boxes.ts'
import { WordsBesideMover } from '#worker/flat-text/words-beside-mover.ts'
import { WordsOfWebPage } from '#worker/flat-text/words-of-web-page.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { replacedBy, type TextCopying, writeFlatCopy } from './flat-copy.ts'

/**
 * Moves text outside the body to where the target keeps it: boxes, shapes, notes, equations and form fields; returns
 * the document itself where it has none. Notes what has no text.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function withWordsBeside(
  document: OfficeDocument,
  conversion: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  if (!conversion.hasWordsBeside) return document
  if (conversion.target === 'txt') return withWordsMoved(document, conversion, copying)
  if (conversion.target === 'html') return withWordsOfWebPage(document, copying)
  return conversion.target === 'rtf' ? withShapesAsBoxes(document, conversion, copying) : document
}

async function withWordsMoved(
  document: OfficeDocument,
  { onNote }: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const mover = new WordsBesideMover()
  const copy = await writeFlatCopy(document, mover, copying)
  if (mover.objects > 0) onNote?.(note('objects_not_in_text', { count: mover.objects }))
  return mover.count > 0 ? replacedBy(copy, document, { ...copying, needsPages: false }) : document
}

async function withWordsOfWebPage(document: OfficeDocument, copying: TextCopying): Promise<OfficeDocument> {
  const words = new WordsOfWebPage()
  const copy = await writeFlatCopy(document, words, copying)
  return words.count > 0 ? replacedBy(copy, document, copying) : document
}

async function withShapesAsBoxes(
  document: OfficeDocument,
  { onNote }: Conversion,
  copying: TextCopying,
): Promise<OfficeDocument> {
  const boxes = new ShapesAsBoxes()
  const copy = await writeFlatCopy(document, boxes, copying)
  if (boxes.count > 0) onNote?.(note('shapes_became_boxes', { count: boxes.count }))
  return boxes.count + boxes.unwrapped > 0 ? replacedBy(copy, document, copying) : document
}
