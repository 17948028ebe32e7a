import type { Readable } from 'node:stream'
import type { ByteRange, WriteOptions } from './storage.ts'

/** The record of an open upload, written by its first request. It never changes. */
export interface UploadRecord {
  /** A UUID, which becomes the job's id. */
  id: string
  /** The owner who opened it. `listed` is true for a stable cookie and false for an address. */
  owner: string
  listed: boolean
  /** The size of the whole file, in bytes. */
  length: number
  /** The sender's metadata in the form of tus: returned, never used. */
  metadata?: Record<string, string | null> | undefined
  /** The trace context that its sender gave, as W3C `traceparent`. */
  traceparent?: string | undefined
  /** ISO 8601, as `expiresAt`. */
  createdAt: string
  expiresAt: string
}

export interface AppendOptions extends WriteOptions {
  /** In bytes; must equal the upload's current size. */
  offset: number
  /** Updated with every written byte. */
  hash?: { update(data: Buffer): unknown }
  /**
   * Called when all bytes have arrived. When it throws, or the stream breaks before it is called, this append leaves no
   * bytes.
   */
  verify?: (() => void) | undefined
}

/** A file that is received without the spool, as a form. */
export interface IncomingFile {
  release(): void
}

/** How exactly a question must be answered. */
export interface LookOptions {
  /**
   * What this process wrote or read in the last ten seconds may be told from its memory, although another process may
   * have changed it since.
   */
  fromMemory?: boolean
}

/**
 * What a caller knows. Where it fits what this process wrote itself in the last ten seconds, other processes are not
 * asked before some seconds have passed. If one works on the upload all the same, nothing is mixed or lost: one of the two
 * gets `upload_taken_over` when it adds bytes.
 */
export interface LockOptions {
  /** Nobody else knows the upload's id. */
  isNew?: boolean
  /** The size at which the caller goes on, in bytes. */
  atSize?: number | undefined
}

/** The right to work on an upload. */
export interface UploadLease {
  /**
   * Aborts with `upload_taken_over` when a newer caller wants the upload; that one waits until this lock is released.
   */
  signal: AbortSignal
  release(): void
}

/**
 * The open uploads. An upload becomes the source of a job with the same id. Several processes may share a spool and see
 * each other's changes. Its content survives the process; until `finish` a power cut may remove some of the end. What
 * an `ObjectStore` returns under `sourceKey(id)` before that is undefined: nothing or a part.
 */
export interface UploadSpool {
  /** Creates an upload. @throws AppError `storage_full` */
  open(record: UploadRecord): Promise<void>
  /** The record of an open upload, including an expired one; undefined for an unknown id. */
  find(id: string, options?: LookOptions): Promise<UploadRecord | undefined>
  /** All open uploads, including expired ones. */
  list(): Promise<UploadRecord[]>
  /**
   * Counts a file that an owner sends without the spool, until it is released or its process is dead. Other processes
   * may see it some seconds later.
   * @throws AppError `storage_full`
   */
  registerIncoming(owner: string): Promise<IncomingFile>
  /** The number of such files of an owner, in all processes. */
  countIncoming(owner: string): Promise<number>
  /**
   * Waits until all earlier holders in any process have released the upload; their signals abort, and dead processes do
   * not count.
   * @throws AppError `storage_full`
   */
  lock(id: string, options?: LockOptions): Promise<UploadLease>
  /** The number of bytes that have arrived. Under the lock it may come from the holder's memory. */
  size(id: string, options?: LookOptions): Promise<number>
  /**
   * Appends at `offset`; the caller must hold the lock. Bytes that arrived before a broken stream stay. Resolves to the
   * new size in bytes.
   * @throws AppError `wrong_offset`, `upload_taken_over` where another process has appended there, `too_large` beyond `maxBytes` (of this append), `storage_full`; the signal's
   * reason
   */
  append(id: string, source: Readable, options: AppendOptions): Promise<number>
  /** The bytes that have arrived. @throws AppError `file_not_found` where there are none */
  readBack(id: string, range?: ByteRange): Promise<Readable>
  /**
   * Appends other uploads completely, in order, to an empty one. They stay. Resolves to the new size in bytes.
   * @throws AppError as `append` and `readBack`
   */
  concatenate(id: string, parts: readonly string[]): Promise<number>
  /**
   * Makes the bytes a durable object under `sourceKey(id)`. The upload stays open and may be finished again, but the
   * caller appends nothing any more.
   * @throws AppError `file_not_found` where there are no bytes
   */
  finish(id: string): Promise<void>
  /** Deletes the record of an upload that became a job; the job keeps the bytes. */
  close(id: string): Promise<void>
  /** Deletes an upload with its bytes; an unknown id is no error. */
  drop(id: string): Promise<void>
  /** Deletes what dead processes left of their locks and unfinished writes; called now and then by any process. */
  sweep(): Promise<void>
}

/** Whether the upload expired at least `lateMs` milliseconds ago. */
export function isExpired(record: Pick<UploadRecord, 'expiresAt'>, lateMs = 0): boolean {
  return Date.parse(record.expiresAt) + lateMs <= Date.now()
}
