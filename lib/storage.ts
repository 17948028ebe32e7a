import type { Readable } from 'node:stream'

/** What was written: size in bytes and SHA-256 in hexadecimal, taken while the bytes went by. */
export interface StoredFile {
  bytes: number
  sha256: string
}

/** Bytes `start` to `end`, both included, as in HTTP. */
export interface ByteRange {
  start: number
  end: number
}

/** How bytes are taken. */
export interface WriteOptions {
  maxBytes?: number
  signal?: AbortSignal | undefined
  /**
   * The chunks are nobody else's and may be destroyed once they are written. V8 collects what lies outside its heap by
   * marking all of the heap, which took three quarters of an upload's processor time.
   */
  ownsChunks?: boolean
}

/**
 * Where sources and results lie, each whole and never changed in place. Keys are relative paths such as
 * `jobs/<id>/source`; a key that would leave the root is refused with `unsafe_key`. No caller knows whether the bytes
 * lie in a folder or in a bucket, so nothing is appended to or renamed here: that is the business of `UploadSpool`.
 */
export interface ObjectStore {
  /**
   * Writes a whole file; it appears under its key when complete and durable, or not at all.
   * @throws AppError `too_large` beyond `maxBytes`, `storage_full`; the signal's reason
   */
  write(key: string, source: Readable, options?: WriteOptions): Promise<StoredFile>
  /** @throws AppError `file_not_found` */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes, or undefined where nothing lies. */
  size(key: string): Promise<number | undefined>
  /** Deletes a file, or with a trailing slash all below; nothing there is fine. */
  delete(keyOrPrefix: string): Promise<void>
  /**
   * Keys below a prefix that ends in a slash, in no order. What was written or deleted a moment ago may not show yet:
   * ask `size` about a single file.
   */
  list(prefix: string): AsyncIterable<string>
  /** How many bytes could still be stored a moment ago; null where no end is known. */
  freeBytes(): Promise<number | null>
}
