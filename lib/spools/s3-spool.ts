import type { Readable } from 'node:stream'
import { openS3Client, type S3ClientOptions } from '#lib/aws/s3-client.ts'
import type { Logger } from '#lib/log.ts'
import type { AppendOptions, IncomingFile, UploadLease, UploadRecord, UploadSpool } from '#lib/spool.ts'
import { oneSegment } from '#lib/storage/key.ts'
import { batches } from '#lib/storage/local/batches.ts'
import { beyondMaxBytes, lengthOf } from '#lib/storage/local/drain.ts'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { JOBS_PREFIX, jobPrefix, sourceKey } from '../job-keys.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { assemble } from './s3-spool/assemble.ts'
import { IncomingObjects } from './s3-spool/incoming-objects.ts'
import {
  ABANDONED_MULTIPART_MS,
  ABANDONED_TICKET_MS,
  sweepMultiparts,
  sweepTickets,
} from './s3-spool/leftovers.ts'
import { bytesOf, isAssembled, type Manifest, Manifests, segmentsPrefix } from './s3-spool/manifest.ts'
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
  log: Logger
  lockTimes?: LockTimes
}

/**
 * Opens the uploads in a bucket. The bytes of each lie in segments beside the source of its job; finishing lets the
 * service copy them into one object. A service that cannot be reached is no error here.
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
  readonly #manifests: Manifests
  readonly #tickets: TicketObjects[]
  readonly #locks: ObjectLock
  readonly #incoming: IncomingObjects
  readonly #mutex = new KeyedMutex()

  constructor(bucket: SpoolBucket, { storage, lockTimes = LOCK_TIMES }: S3SpoolOptions) {
    const [locks, forms] = [new TicketObjects(bucket, LOCKS), new TicketObjects(bucket, FORMS)]
    this.#bucket = bucket
    this.#storage = storage
    this.#records = new RecordObjects(storage)
    this.#manifests = new Manifests(bucket)
    this.#tickets = [locks, forms]
    this.#locks = new ObjectLock(locks, lockTimes)
    this.#incoming = new IncomingObjects(forms)
  }

  open(record: UploadRecord): Promise<void> {
    return this.#records.put(record)
  }

  find(id: string): Promise<UploadRecord | undefined> {
    return this.#records.find(id)
  }

  list(): Promise<UploadRecord[]> {
    return this.#records.list()
  }

  registerIncoming(owner: string): Promise<IncomingFile> {
    return this.#incoming.register(owner)
  }

  countIncoming(owner: string): Promise<number> {
    return this.#incoming.count(owner)
  }

  async lock(id: string): Promise<UploadLease> {
    const { signal, release } = await this.#locks.lock(oneSegment(id))
    this.#manifests.keepWhileLocked(id)
    return {
      signal,
      release: () => {
        this.#manifests.forget(id)
        release()
      },
    }
  }

  async size(id: string): Promise<number> {
    return this.#sizeOf(id, await this.#manifests.load(oneSegment(id)))
  }

  async append(id: string, source: Readable, options: AppendOptions): Promise<number> {
    return this.#mutex.runExclusive(oneSegment(id), async () => {
      const { offset, verify, ownsChunks } = options
      const manifest = await this.#manifests.load(id)
      const size = await this.#sizeOf(id, manifest)
      if (size !== offset) throw new AppError('wrong_offset', { details: { expected: size, offset } })
      const at = { id, bucket: this.#bucket, manifests: this.#manifests, manifest }
      const writer = new SegmentWriter({ ...at, atomic: verify !== undefined, ownsChunks })
      const appended = await drainInto(
        writer,
        source,
        isAssembled(manifest) ? { ...options, maxBytes: 0 } : options,
      )
      return offset + appended
    })
  }

  async readBack(id: string, range?: ByteRange): Promise<Readable> {
    const { segments } = await this.#manifests.load(oneSegment(id))
    // It says `file_not_found` where nothing has arrived.
    if (segments.length === 0) return this.#storage.read(sourceKey(id), range)
    return readSegments(this.#storage, { id, segments }, range)
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
    const manifest = await this.#manifests.load(oneSegment(id))
    if (isAssembled(manifest)) return
    const { segments } = manifest
    if (segments.length === 0)
      throw new AppError('file_not_found', { log: `nothing has arrived of upload ${id}` })
    await assemble(this.#bucket, id, segments)
    await this.#manifests.replaceIfUnchanged(id, manifest, [])
    await this.#storage.delete(segmentsPrefix(id))
  }

  async close(id: string): Promise<void> {
    await this.#records.delete(id)
    await this.#manifests.delete(id)
  }

  /** The bytes first: without the record only the hourly sweep would find them. */
  async drop(id: string): Promise<void> {
    this.#manifests.forget(oneSegment(id))
    await this.#storage.delete(jobPrefix(id))
    await this.#records.delete(id)
  }

  async sweep(): Promise<void> {
    const now = Date.now()
    for (const tickets of this.#tickets) await sweepTickets(tickets, now - ABANDONED_TICKET_MS)
    await sweepMultiparts(this.#bucket, { prefix: JOBS_PREFIX, before: now - ABANDONED_MULTIPART_MS })
  }

  async #sizeOf(id: string, manifest: Manifest): Promise<number> {
    return isAssembled(manifest)
      ? ((await this.#storage.size(sourceKey(id))) ?? 0)
      : bytesOf(manifest.segments)
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
