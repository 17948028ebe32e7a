import type { Readable } from 'node:stream'

/** The written file: size in bytes and SHA-256 in hexadecimal, computed while writing. */
export interface StoredFile {
  bytes: number
  sha256: string
}

/** Bytes `start` to `end`, both inclusive, as in HTTP. */
export interface ByteRange {
  start: number
  end: number
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

export interface AppendOptions extends WriteOptions {
  /** In bytes; must equal the file's current size. */
  offset: number
  /** Updated with every written byte. */
  hash?: { update(data: Buffer): unknown }
  /**
   * Called when all bytes have arrived. When it throws, or the stream breaks before it is called, this append leaves no
   * bytes.
   */
  verify?: (() => void) | undefined
}

/**
 * Stores sources and results. Keys are relative paths such as `jobs/<id>/source`; a key that would leave the root is
 * refused with `unsafe_key`. Callers do not know whether the bytes are in a folder or in a bucket.
 */
export interface Storage {
  /**
   * Writes a whole file; it appears under its key when complete and durable, or not at all.
   * @throws AppError `too_large` beyond `maxBytes`, `storage_full`
   */
  write(key: string, source: Readable, options?: WriteOptions): Promise<StoredFile>
  /**
   * Replaces a small file, whole or not at all. It survives the process; a power cut may remove it or leave it empty.
   */
  putSmall(key: string, data: Buffer): Promise<void>
  /**
   * Appends at `offset`; a missing file has size 0. Bytes that arrived before a broken stream stay; until `finalize`, a
   * power cut may remove some of its end. Resolves to the new size in bytes.
   * @throws AppError `wrong_offset`, `too_large` beyond `maxBytes` (of this append), `storage_full`; the signal's
   * reason
   */
  append(key: string, source: Readable, options: AppendOptions): Promise<number>
  /** Makes the appended bytes survive a power cut. @throws AppError `file_not_found` */
  finalize(key: string): Promise<void>
  /** Size in bytes, or undefined for a missing file. */
  size(key: string): Promise<number | undefined>
  /** Opens a file, or a range of it, for reading. @throws AppError `file_not_found` */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Deletes a file, or with a trailing slash everything below; a missing file is no error. */
  delete(keyOrPrefix: string): Promise<void>
  /** The keys below a prefix that ends in a slash, in no order. */
  list(prefix: string): AsyncIterable<string>
  /** The free space in bytes, up to half a second old. */
  freeBytes(): Promise<number>
}
