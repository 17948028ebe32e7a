import type { Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { AppError } from '#lib/errors.ts'

export interface DrainOptions {
  /** Where in the file the first byte goes. */
  offset?: number
  maxBytes?: number
  signal?: AbortSignal
  /** Fed with every byte that goes by. */
  hash?: Hash
}

/**
 * Writes a stream into an open file, one chunk at a time, so memory stays flat whatever the size, and gives the
 * number of bytes. Where this throws, the source is left as it stands (only an abort destroys it): it may be a
 * request that still wants an answer, and destroying it would cut the answer off.
 * @throws AppError `too_large`, `storage_full`; the source's own error; the signal's reason
 */
export async function drain(source: Readable, file: FileHandle, options: DrainOptions = {}): Promise<number> {
  const { signal } = options
  signal?.throwIfAborted()
  // Not addAbortSignal: it stays on the source after we are done with it, where nobody would catch its error.
  const abort = () => source.destroy(new Error('the write was aborted'))
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await drainAll(source, file, options)
  } catch (error) {
    signal?.throwIfAborted()
    throw asStorageError(error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** A disk's own words in ours; everything else stays what it is. */
export function asStorageError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new AppError('storage_full', { log: (error as Error).message, cause: error })
}

async function drainAll(source: Readable, file: FileHandle, options: DrainOptions): Promise<number> {
  const { offset = 0, maxBytes = Number.POSITIVE_INFINITY, hash } = options
  let bytes = 0
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    const data: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    if (bytes + data.length > maxBytes) throw tooLarge(maxBytes)
    const writing = writeAll(file, data, offset + bytes)
    // While the disk writes, this thread is free to hash.
    hash?.update(data)
    await writing
    bytes += data.length
  }
  return bytes
}

async function writeAll(file: FileHandle, data: Buffer, position: number): Promise<void> {
  // A nearly full disk takes a part of a chunk before it says ENOSPC.
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await file.write(data, done, data.length - done, position + done)
    done += bytesWritten
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', { details: { limit: maxBytes / 1_000_000 } })
}
