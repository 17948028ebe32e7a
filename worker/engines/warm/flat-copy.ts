/**
 * Writes a loaded text as flat OpenDocument, changes it there and loads it again, for changes that LibreOffice's API
 * lacks.
 */
import { chmodSync, createWriteStream, mkdtempSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { InnerMetadataRemover } from '#worker/flat-text/inner-metadata.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'

/** Changes a text that arrives in pieces. */
export interface Rewriter {
  write(piece: string): string
}

export interface FlatCopying {
  /** The source's path: the copy has the same name, because fields may print it. */
  source: string
  /** Converts one of our paths to LibreOffice's. */
  inside(path: string): string
  signal: AbortSignal
}

export interface TextCopying extends FlatCopying {
  /** Opens a flat copy, which replaces the document; it is laid out as a whole unless it needs no pages. */
  open(copy: string, options?: { needsPages?: boolean | undefined }): Promise<OfficeDocument>
}

/** A sender's name never begins with a space. */
const FOLDER = ' flat-'
const FILTER = 'OpenDocument Text Flat XML'

/**
 * Writes a copy through the rewriter, and returns its path.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function writeFlatCopy(
  document: OfficeDocument,
  rewriter: Rewriter,
  { source, inside, signal }: FlatCopying,
): Promise<string> {
  const folder = mkdtempSync(join(dirname(source), FOLDER))
  // The sandbox's user writes here; no other user can enter the slot.
  chmodSync(folder, 0o777)
  const written = join(folder, ' written.fodt')
  await document.store(inside(written), FILTER, { signal })
  const copy = join(folder, basename(source))
  const file = await openInSlot(written)
  const rewrite = async function* (chunks: AsyncIterable<Buffer>) {
    const [decoder, remover] = [new TextDecoder(), new InnerMetadataRemover()]
    for await (const chunk of chunks)
      yield rewriter.write(remover.write(decoder.decode(chunk, { stream: true })))
  }
  await pipeline(file.createReadStream(), rewrite, createWriteStream(copy, { flags: 'wx' }), {
    signal,
  }).catch(cause => {
    signal.throwIfAborted()
    throw new AppError('conversion_failed', { log: 'a flat copy could not be changed', cause })
  })
  // LibreOffice edits only writable files.
  chmodSync(copy, 0o666)
  return copy
}

/** Opens a copy in place of the original document. @throws UnoError, ProtocolError, the signal's reason */
export async function replacedBy(
  copy: string,
  document: OfficeDocument,
  { open, signal, needsPages }: TextCopying & { needsPages?: boolean | undefined },
): Promise<OfficeDocument> {
  const opened = await open(copy, { needsPages })
  await document.close(signal)
  return opened
}
