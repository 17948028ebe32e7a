import { beginsLikeMarkup, Narrowing } from './encoding.ts'
import type { Inspection } from './inspection.ts'

export interface MarkupReader {
  /** Sees the beginning as it is written, before anything else. */
  begin?(head: Buffer): void
  /** Sees all bytes, one a letter. */
  push(letters: Buffer): void
  end?(): void
}

export interface XmlScan {
  reader: MarkupReader
  inspection: Inspection
  /** It is markup, whatever it begins with, as a page may begin with text. */
  isMarkup?: boolean
  /** Gets the same bytes as the reader, to find what a person may want to know. */
  note?: ((chunk: Buffer) => void) | undefined
}

/**
 * Lets a reader see a whole markup; false where it does not begin like markup, and then nothing more of it is read.
 * @throws what the reader throws
 */
export async function scanXml(chunks: AsyncIterable<Buffer>, scan: XmlScan): Promise<boolean> {
  let narrowing: Narrowing | undefined
  for await (const chunk of chunks) {
    if (!narrowing) {
      if (!scan.isMarkup && !beginsLikeMarkup(chunk)) return false
      scan.reader.begin?.(chunk)
      narrowing = new Narrowing(chunk)
    }
    const letters = narrowing.push(chunk)
    scan.reader.push(letters)
    scan.note?.(letters)
    await scan.inspection.breathe(chunk.length)
  }
  if (narrowing) scan.reader.end?.()
  return narrowing !== undefined
}
