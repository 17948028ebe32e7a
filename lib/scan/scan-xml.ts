import { beginsLikeMarkup, Narrowing } from './encoding.ts'
import type { Inspection } from './inspection.ts'

export interface MarkupReader {
  /** Receives the beginning as stored, before anything else. */
  begin?(head: Buffer): void
  /** Receives all characters, one byte each. */
  push(letters: Buffer): void
  end?(): void
}

export interface XmlScan {
  reader: MarkupReader
  inspection: Inspection
  /** It is markup even where it does not begin like it, because a web page may begin with text. */
  isMarkup?: boolean
  /** Receives the same bytes as the reader and collects the flags. */
  note?: ((chunk: Buffer) => void) | undefined
}

/**
 * Passes a whole markup to a reader; false where it does not begin like markup, and then the rest is not read.
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
