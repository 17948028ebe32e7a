import type { Readable } from 'node:stream'

/** The written file: size in bytes and SHA-256 in hexadecimal, computed while writing. */
export interface StoredFile {
  bytes: number
  sha256: string
}

/** A file that was written just now. An archive of it needs its CRC-32. */
export interface WrittenFile extends StoredFile {
  crc32: number
}

/** Bytes `start` to `end`, both inclusive, as in HTTP. */
export interface ByteRange {
  start: number
  end: number
}

/** What a download of a file is answered with, as in HTTP. */
export interface DownloadHeaders {
  contentType: string
  contentDisposition: string
}

/** How bytes are written. */
export interface WriteOptions {
  /** The most bytes to accept; unset: no limit. */
  maxBytes?: number
  /** Aborts the write. */
  signal?: AbortSignal | undefined
  /**
   * No other code uses the chunks, so their buffers may be freed once they are written. V8 frees memory outside its
   * heap only after marking the whole heap, which took three quarters of an upload's processor time.
   */
  ownsChunks?: boolean
}

/**
 * Stores sources and results as whole files that never change in place. Keys are relative paths such as
 * `jobs/<id>/source`; a key that would leave the root is refused with `unsafe_key`. Callers do not know whether the
 * bytes are in a folder or in a bucket, so nothing is appended or renamed here; `UploadSpool` does that.
 */
export interface ObjectStore {
  /**
   * Writes a whole file; it appears under its key when complete and durable, or not at all.
   * @throws AppError `too_large` beyond `maxBytes`, `storage_full`; the signal's reason
   */
  write(key: string, source: Readable, options?: WriteOptions): Promise<WrittenFile>
  /**
   * Opens a file, or a range of it, for reading. What this process wrote and another deleted in the
   * last seconds may still be there.
   * @throws AppError `file_not_found`
   */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes, or undefined for a missing file. */
  size(key: string): Promise<number | undefined>
  /** Deletes a file, or with a trailing slash everything below; a missing file is no error. */
  delete(keyOrPrefix: string): Promise<void>
  /**
   * The keys below a prefix that ends in a slash, in no order. Recent writes and deletes may be missing: use `size` for
   * a single file.
   */
  list(prefix: string): AsyncIterable<string>
  /**
   * A link under which whoever holds it reads a file from the storage itself, for some minutes, with these headers;
   * missing where the storage has no address of its own.
   */
  downloadUrl?(key: string, headers: DownloadHeaders): Promise<string>
  /** The free space in bytes, a moment old; null where there is no limit. */
  freeBytes(): Promise<number | null>
}
