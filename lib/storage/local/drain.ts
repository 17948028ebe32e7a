import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { WriteOptions } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { batches } from './batches.ts'

/** After this many bytes an early sync starts beside the transfer; otherwise the last sync would write everything. */
const EARLY_SYNC_BYTES = 16 * 1024 * 1024

export interface DrainOptions extends WriteOptions {
  /** The offset in the file of the first byte. */
  offset?: number
  /** Updated with every byte. */
  hash?: { update(data: Buffer): unknown }
}

/**
 * Writes a stream into an open file with constant memory and resolves to the number of bytes. The source is never
 * destroyed, because destroying a request would also cut off its response.
 * @throws AppError `too_large`, `storage_full`; the source's own error; the signal's reason
 */
export async function drain(source: Readable, file: FileHandle, options: DrainOptions = {}): Promise<number> {
  const { offset = 0, maxBytes = Number.POSITIVE_INFINITY, hash, signal, ownsChunks } = options
  const sync = earlySync(file)
  let bytes = 0
  signal?.throwIfAborted()
  try {
    for await (const batch of batches(source, signal)) {
      const length = lengthOf(batch)
      if (bytes + length > maxBytes) throw beyondMaxBytes(maxBytes)
      const writing = writeAll(file, batch, offset + bytes)
      // This thread hashes while the disk writes.
      for (const chunk of batch) hash?.update(chunk)
      await writing
      if (ownsChunks) for (const chunk of batch) giveBack(chunk)
      bytes += length
      sync.at(bytes)
    }
  } catch (error) {
    throw asStorageError(error)
  } finally {
    await sync.done()
  }
  return bytes
}

/** Converts errors of the disk to AppErrors; all others pass unchanged. */
export function asStorageError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new AppError('storage_full', { log: (error as Error).message, cause: error })
}

function earlySync(file: FileHandle) {
  let [synced, failure] = [0, undefined as unknown]
  let underWay: Promise<void> | undefined
  return {
    at(bytes: number): void {
      if (failure !== undefined) throw failure
      if (underWay || bytes - synced < EARLY_SYNC_BYTES) return
      synced = bytes
      underWay = file.datasync().then(
        () => {
          underWay = undefined
        },
        error => {
          failure = error
        },
      )
    },
    done: async (): Promise<void> => underWay,
  }
}

async function writeAll(file: FileHandle, batch: Buffer[], position: number): Promise<void> {
  const { bytesWritten } = await file.writev(batch, position)
  // A nearly full disk writes a part before it returns ENOSPC.
  if (bytesWritten < lengthOf(batch))
    await writeAll(file, [Buffer.concat(batch).subarray(bytesWritten)], position + bytesWritten)
}

/** A part of a larger buffer is not freed, because others may need the rest. */
export function giveBack({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

export const lengthOf = (batch: Buffer[]) => batch.reduce((sum, chunk) => sum + chunk.length, 0)

export function beyondMaxBytes(maxBytes: number): AppError {
  return new AppError('too_large', { details: { limit: maxBytes / 1_000_000 } })
}
