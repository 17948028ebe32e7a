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

export interface AppendOptions extends WriteOptions {
  /** In bytes; must be the file's present size. */
  offset: number
  /** Fed with every byte that is written. */
  hash?: { update(data: Buffer): unknown }
  /** Asked when all has arrived. Where it throws, or the stream breaks before it was asked, nothing of this append stays. */
  verify?: (() => void) | undefined
}

/**
 * Where sources and results lie. Keys are relative paths such as `jobs/<id>/source`; a key that would leave the
 * root is refused with `unsafe_key`. No caller knows whether the bytes lie in a folder or in a bucket.
 */
export interface Storage {
  /**
   * Writes a whole file; it appears under its key when complete and durable, or not at all.
   * @throws AppError `too_large` beyond `maxBytes`, `storage_full`
   */
  write(key: string, source: Readable, options?: WriteOptions): Promise<StoredFile>
  /**
   * Puts down a few bytes, whole or not at all, in place of what lay there. They outlive the process; a power cut may
   * take them, and may leave the key with nothing under it.
   */
  putSmall(key: string, data: Buffer): Promise<void>
  /**
   * Appends at `offset`; a missing file has size 0. What arrived before a
   * broken stream stays; until `settle` a power cut may take some of its end. Gives the new size in bytes.
   * @throws AppError `wrong_offset`, `too_large` beyond `maxBytes` (of this append), `storage_full`; the signal's reason
   */
  append(key: string, source: Readable, options: AppendOptions): Promise<number>
  /** Makes what was appended survive a power cut. @throws AppError `file_not_found` */
  finalize(key: string): Promise<void>
  /** Size in bytes, or undefined where nothing lies. */
  size(key: string): Promise<number | undefined>
  /** @throws AppError `file_not_found` */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Deletes a file, or with a trailing slash all below; nothing there is fine. */
  delete(keyOrPrefix: string): Promise<void>
  /** Keys below a prefix that ends in a slash, in no order. */
  list(prefix: string): AsyncIterable<string>
  /** How many bytes could still be stored a moment ago. */
  freeBytes(): Promise<number>
}
