import type { Readable } from 'node:stream'
import { openS3Client, type S3ClientOptions } from '#lib/aws/s3-client.ts'
import type { Logger } from '#lib/log.ts'
import type {
  AppendOptions,
  IncomingFile,
  LockOptions,
  LookOptions,
  UploadLease,
  UploadRecord,
  UploadSpool,
} from '#lib/spool.ts'
import { oneSegment } from '#lib/storage/key.ts'
import { batches } from '#lib/storage/local/batches.ts'
import { beyondMaxBytes, lengthOf } from '#lib/storage/local/drain.ts'
import type { RecentObjects } from '#lib/storage/s3-storage/recent-objects.ts'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { JOBS_PREFIX, jobPrefix, sourceKey } from '../job-keys.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { assemble } from './s3-spool/assemble.ts'
import { bytesOf, Commits, NOTHING, segmentsPrefix } from './s3-spool/commits.ts'
import { IncomingObjects } from './s3-spool/incoming-objects.ts'
import {
  ABANDONED_MULTIPART_MS,
  ABANDONED_TICKET_MS,
  sweepMultiparts,
  sweepTickets,
} from './s3-spool/leftovers.ts'
import { LOCK_TIMES, type LockTimes, ObjectLock } from './s3-spool/object-lock.ts'
import { RecordObjects } from './s3-spool/record-objects.ts'
import { readSegments } from './s3-spool/segment-reader.ts'
import { SegmentWriter } from './s3-spool/segment-writer.ts'
import { SpoolBucket } from './s3-spool/spool-bucket.ts'
import { TicketObjects } from './s3-spool/ticket-objects.ts'

/** The prefixes of tickets. Keys cannot reach them, because they begin with a dot. */
const LOCKS = '.locks/'
const FORMS = '.forms/'

export interface S3SpoolOptions extends S3ClientOptions {
  bucket: string
  /** That of the storage: a slash is added where one is missing; empty for the whole bucket. */
  prefix: string
  /** On the same bucket, with the same prefix. */
  storage: ObjectStore
  /** That of the storage. */
  recent?: RecentObjects
  log: Logger
  lockTimes?: LockTimes
}

/**
 * Opens the uploads in a bucket. The first bytes of each become the source of its job; where more come, they lie in
 * segments beside it, and finishing lets the service copy them into one object. A service that cannot be reached is no error here.
 */
export async function openS3Spool(options: S3SpoolOptions): Promise<UploadSpool> {
  const prefix = options.prefix.replace(/[^/]$/, '$&/')
  const bucket = new SpoolBucket(await openS3Client(options), options.bucket, prefix)
  const spool = new S3Spool(bucket, options)
  await spool
    .sweep()
    .catch(err => options.log.warn({ err }, 'leftovers in the bucket could not be swept yet'))
  return spool
}

class S3Spool implements UploadSpool {
  readonly #bucket: SpoolBucket
  readonly #storage: ObjectStore
  readonly #records: RecordObjects
  readonly #commits: Commits
  readonly #tickets: TicketObjects[]
  readonly #locks: ObjectLock
  readonly #incoming: IncomingObjects
  readonly #mutex = new KeyedMutex()

  constructor(bucket: SpoolBucket, { storage, recent, lockTimes = LOCK_TIMES }: S3SpoolOptions) {
    const [locks, forms] = [new TicketObjects(bucket, LOCKS), new TicketObjects(bucket, FORMS)]
    this.#bucket = bucket
    this.#storage = storage
    this.#records = new RecordObjects(storage)
    this.#commits = new Commits(bucket, recent)
    this.#tickets = [locks, forms]
    this.#locks = new ObjectLock(locks, lockTimes)
    this.#incoming = new IncomingObjects(forms)
  }

  async open(record: UploadRecord): Promise<void> {
    await this.#records.put(record)
    this.#commits.begin(record.id)
  }

  async find(id: string, { fromMemory = false }: LookOptions = {}): Promise<UploadRecord | undefined> {
    return (fromMemory && this.#records.known(id)) || this.#records.find(id)
  }

  list(): Promise<UploadRecord[]> {
    return this.#records.list()
  }

  async registerIncoming(owner: string): Promise<IncomingFile> {
    return this.#incoming.register(owner)
  }

  countIncoming(owner: string): Promise<number> {
    return this.#incoming.count(owner)
  }

  async lock(id: string, options: LockOptions = {}): Promise<UploadLease> {
    const isKnown = this.#knownState(oneSegment(id), options) !== undefined
    const quiet = isKnown ? await this.#locks.lockQuietly(id) : undefined
    const { signal, release } = quiet ?? (await this.#locks.lock(id))
    this.#commits.keepWhileLocked(id, this.#knownState(id, options))
    return {
      signal,
      release: () => {
        this.#commits.unlock(id)
        release()
      },
    }
  }

  async size(id: string, { fromMemory = false }: LookOptions = {}): Promise<number> {
    const known = fromMemory ? this.#commits.known(id) : undefined
    return bytesOf((known ?? (await this.#commits.load(oneSegment(id)))).segments)
  }

  async append(id: string, source: Readable, options: AppendOptions): Promise<number> {
    return this.#mutex.runExclusive(oneSegment(id), async () => {
      const { offset, verify, ownsChunks, maxBytes = Number.POSITIVE_INFINITY } = options
      const state = await this.#commits.load(id)
      const size = bytesOf(state.segments)
      if (size !== offset) throw new AppError('wrong_offset', { details: { expected: size, offset } })
      const limit = { maxBytes: state.isFinished ? 0 : maxBytes }
      const at = { id, bucket: this.#bucket, commits: this.#commits, state }
      const writer = new SegmentWriter({ ...at, ...limit, atomic: verify !== undefined, ownsChunks })
      return offset + (await drainInto(writer, source, { ...options, ...limit }))
    })
  }

  async readBack(id: string, range?: ByteRange): Promise<Readable> {
    const { segments } = await this.#commits.load(oneSegment(id))
    // It says `file_not_found` where nothing has arrived.
    if (segments.length <= 1) return this.#storage.read(sourceKey(id), range)
    return readSegments(this.#storage, segments, range)
  }

  async concatenate(id: string, parts: readonly string[]): Promise<number> {
    let offset = 0
    for (const part of parts) {
      const source = await this.readBack(part)
      try {
        offset = await this.append(id, source, { offset, ownsChunks: true })
      } finally {
        source.destroy()
      }
    }
    return offset
  }

  /** The segments last: after a crash in between, finishing again makes the same object. */
  async finish(id: string): Promise<void> {
    const state = await this.#commits.load(oneSegment(id))
    const { segments } = state
    if (segments.length === 0)
      throw new AppError('file_not_found', { log: `nothing has arrived of upload ${id}` })
    if (segments.length === 1) return
    await assemble(this.#bucket, id, segments)
    this.#commits.finished(id, state)
    await this.#storage.delete(segmentsPrefix(id))
  }

  async close(id: string): Promise<void> {
    await this.#records.delete(id)
    this.#commits.forget(id)
  }

  /** The bytes first: without the record only the hourly sweep would find them. */
  async drop(id: string): Promise<void> {
    this.#commits.forget(oneSegment(id))
    await this.#storage.delete(jobPrefix(id))
    await this.#records.delete(id)
  }

  /** The state from memory, where it is what the caller knows of the upload. */
  #knownState(id: string, { isNew = false, atSize }: LockOptions) {
    if (isNew) return NOTHING
    const known = this.#commits.known(id)
    return known && bytesOf(known.segments) === atSize ? known : undefined
  }

  async sweep(): Promise<void> {
    const now = Date.now()
    for (const tickets of this.#tickets) await sweepTickets(tickets, now - ABANDONED_TICKET_MS)
    await sweepMultiparts(this.#bucket, { prefix: JOBS_PREFIX, before: now - ABANDONED_MULTIPART_MS })
  }
}

async function drainInto(
  writer: SegmentWriter,
  source: Readable,
  { verify, maxBytes = Number.POSITIVE_INFINITY, signal, hash }: AppendOptions,
): Promise<number> {
  let bytes = 0
  try {
    signal?.throwIfAborted()
    for await (const batch of batches(source, signal)) {
      bytes += lengthOf(batch)
      if (bytes > maxBytes) throw beyondMaxBytes(maxBytes)
      for (const chunk of batch) hash?.update(chunk)
      await writer.add(batch)
    }
    verify?.()
  } catch (error) {
    // The reason why the stream ended says more than a failure to keep what had arrived.
    if (!verify) await writer.commit().catch(() => {})
    await writer.discard()
    throw error
  }
  try {
    await writer.commit()
  } finally {
    await writer.discard()
  }
  return bytes
}
