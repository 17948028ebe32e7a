import { beginsLikeMarkup, Narrowing, refuseRareEncoding } from './encoding.ts'
import type { Inspection } from './inspection.ts'

export interface XmlLook {
  reader: { push(chunk: Buffer): void; end(): void }
  inspection: Inspection
  /** Gets the same bytes as the reader, to find what a person may want to know. */
  note?: ((chunk: Buffer) => void) | undefined
}

/**
 * Lets a reader see all bytes of a markup, of one byte a letter; false where it does not begin like markup, and
 * then nothing more of it is read.
 * @throws AppError `corrupt_file`, and what the reader throws
 */
export async function lookThroughXml(chunks: AsyncIterable<Buffer>, look: XmlLook): Promise<boolean> {
  let narrowing: Narrowing | undefined
  for await (const chunk of chunks) {
    if (!narrowing) {
      if (!beginsLikeMarkup(chunk)) return false
      refuseRareEncoding(chunk)
      narrowing = new Narrowing(chunk)
    }
    const letters = narrowing.push(chunk)
    look.reader.push(letters)
    look.note?.(letters)
    await look.inspection.breathe(chunk.length)
  }
  if (narrowing) look.reader.end()
  return narrowing !== undefined
}
