import type { Readable } from 'node:stream'
import type { ByteRange, WriteOptions } from './storage.ts'

/** What is known of an open upload from its first request on. It never changes. */
export interface UploadRecord {
  /** A UUID: the job's number from the first byte on. */
  id: string
  /** Who opened it. `listed` says whether that is a stable name or only an address. */
  owner: string
  listed: boolean
  /** Of the whole file, in bytes. */
  length: number
  /** What the sender said of it, as tus has it: given back, never used. */
  metadata?: Record<string, string | null> | undefined
  /** ISO 8601, as `expiresAt`. */
  createdAt: string
  expiresAt: string
}

export interface AppendOptions extends WriteOptions {
  /** In bytes; must be the upload's present size. */
  offset: number
  /** Fed with every byte that is written. */
  hash?: { update(data: Buffer): unknown }
  /** Asked when all has arrived. Where it throws, or the stream breaks before it was asked, nothing of this append stays. */
  verify?: (() => void) | undefined
}

/** A file that comes another way, as a form. */
export interface IncomingFile {
  release(): void
}

/** The right to work on an upload. */
export interface UploadLease {
  /** Aborts with `upload_taken_over` when a newer caller wants the upload, who waits until this one has let go. */
  signal: AbortSignal
  release(): void
}

/**
 * Files on their way. An upload becomes the source of a job, under the job's own number, before there is a job. Any
 * number of processes share a spool, and what one of them did all others see. What is here outlives the process; until
 * `finish` a power cut may take the end of it. What an `ObjectStore` shows under `sourceKey(id)` before that is not
 * told: it may be nothing or a part.
 */
export interface UploadSpool {
  /** @throws AppError `storage_full` */
  open(record: UploadRecord): Promise<void>
  /** The record of an upload that is open now, also of one over its time. */
  find(id: string): Promise<UploadRecord | undefined>
  /** All that are open now, also those over their time. */
  list(): Promise<UploadRecord[]>
  /**
   * Counts a file of an owner that comes without the spool until it is released or its process is dead.
   * @throws AppError `storage_full`
   */
  registerIncoming(owner: string): Promise<IncomingFile>
  /** How many such files of an owner come now, in all processes. */
  countIncoming(owner: string): Promise<number>
  /**
   * Waits until nobody who came before works on an upload, in this process or another one; their signals abort, and
   * nobody waits for a process that is dead. @throws AppError `storage_full`
   */
  lock(id: string): Promise<UploadLease>
  /** How much has arrived, in bytes. */
  size(id: string): Promise<number>
  /**
   * Appends at `offset`, for who holds the lock. What arrived before a broken stream stays. Gives the new size in bytes.
   * @throws AppError `wrong_offset`, `too_large` beyond `maxBytes` (of this append), `storage_full`; the signal's reason
   */
  append(id: string, source: Readable, options: AppendOptions): Promise<number>
  /** What has arrived. @throws AppError `file_not_found` where nothing has */
  readBack(id: string, range?: ByteRange): Promise<Readable>
  /**
   * Appends all of other uploads, in their order, to one of which nothing has arrived. They stay. Gives the new size in
   * bytes. @throws AppError as `append` and `readBack`
   */
  concatenate(id: string, parts: readonly string[]): Promise<number>
  /**
   * Makes what arrived an object that survives a power cut, under `sourceKey(id)`. The upload stays open and may be
   * finished again, but nothing is appended any more. @throws AppError `file_not_found` where nothing has arrived
   */
  finish(id: string): Promise<void>
  /** The upload is a job now: forgets it and leaves the job its source. */
  close(id: string): Promise<void>
  /** Deletes an upload with its bytes; nothing there is fine. */
  drop(id: string): Promise<void>
}

/** Whether its time is over, `lateMs` ago at the least. */
export function isExpired(record: Pick<UploadRecord, 'expiresAt'>, lateMs = 0): boolean {
  return Date.parse(record.expiresAt) + lateMs <= Date.now()
}
