/** A loaded text, written as flat OpenDocument, changed there and loaded again: for what LibreOffice has no call. */
import { chmodSync, createWriteStream, mkdtempSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { InnerMetadataRemover } from '#worker/flat-text/inner-metadata.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'

/** What changes a text that comes in pieces. */
export interface Rewriter {
  write(piece: string): string
}

export interface FlatCopying {
  /** Where the source lies: the copy is called as it is, since fields may print that. */
  source: string
  /** How LibreOffice calls a path of ours. */
  inside(path: string): string
  signal: AbortSignal
}

export interface TextCopying extends FlatCopying {
  /** Opens a flat copy, which takes the place of the document; laid out as a whole unless it needs no pages. */
  open(copy: string, options?: { needsPages?: boolean | undefined }): Promise<OfficeDocument>
}

/** No name of a sender begins with a space. */
const FOLDER = ' flat-'
const FILTER = 'OpenDocument Text Flat XML'

/**
 * Writes a copy that has gone through the rewriter, and gives its path.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function writeFlatCopy(
  document: OfficeDocument,
  rewriter: Rewriter,
  { source, inside, signal }: FlatCopying,
): Promise<string> {
  const folder = mkdtempSync(join(dirname(source), FOLDER))
  // The sandbox's user writes here; nobody else comes through the slot.
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
  // LibreOffice edits nothing that it may not write to.
  chmodSync(copy, 0o666)
  return copy
}

/** Opens a copy in place of the document that it was made of. @throws UnoError, ProtocolError, the signal's reason */
export async function replacedBy(
  copy: string,
  document: OfficeDocument,
  { open, signal, needsPages }: TextCopying & { needsPages?: boolean | undefined },
): Promise<OfficeDocument> {
  const opened = await open(copy, { needsPages })
  await document.close(signal)
  return opened
}
