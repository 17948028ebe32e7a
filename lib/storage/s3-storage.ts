import { Readable } from 'node:stream'
import {
  openS3Client,
  presignedUrl,
  type S3,
  type S3ClientOptions,
  uploadStream,
} from '#lib/aws/s3-client.ts'
import type { Logger } from '#lib/log.ts'
import type { ByteRange, DownloadHeaders, ObjectStore, WriteOptions, WrittenFile } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { JOBS_PREFIX } from '../job-keys.ts'
import { Checksums } from './checksums.ts'
import { fileSegments, prefixSegments, segmentsOf } from './key.ts'
import { batches } from './local/batches.ts'
import { beyondMaxBytes } from './local/drain.ts'
import { ensureBucket } from './s3-storage/ensure-bucket.ts'
import { asBucketError, isMissingObject, isRangeBeyondEnd } from './s3-storage/object-errors.ts'
import { RecentObjects, SMALL_BYTES } from './s3-storage/recent-objects.ts'

/** Deletes of single objects at a time: not every server takes many in one call. */
const DELETES_AT_A_TIME = 16

export interface S3StorageOptions extends S3ClientOptions {
  bucket: string
  /** How all keys begin: a slash is added where one is missing; empty for the whole bucket. */
  prefix: string
  /** Shared with the spool of the same bucket; unset: its own. */
  recent?: RecentObjects
  log: Logger
}

/**
 * Opens a bucket as an object store, and makes it where it is missing and the role may. Several processes may share it.
 * Where the service cannot be reached it opens all the same, and each call tries again.
 * @throws ConfigError where the bucket cannot be used
 */
export async function openS3Storage(options: S3StorageOptions): Promise<ObjectStore> {
  const s3 = await openS3Client(options)
  await ensureBucket(s3, options)
  return new S3Storage(s3, options)
}

class S3Storage implements ObjectStore {
  readonly #s3: S3
  readonly #bucket: string
  readonly #prefix: string
  readonly #recent: RecentObjects

  constructor(s3: S3, { bucket, prefix, recent = new RecentObjects() }: S3StorageOptions) {
    this.#recent = recent
    this.#s3 = s3
    this.#bucket = bucket
    this.#prefix = prefix.replace(/[^/]$/, '$&/')
  }

  async write(key: string, source: Readable, options: WriteOptions = {}): Promise<WrittenFile> {
    const at = this.#at(fileSegments(key))
    const checksums = new Checksums()
    let bytes = 0
    const small: Buffer[] = []
    options.signal?.throwIfAborted()
    this.#recent.forget(key)
    async function* counted(): AsyncIterable<Buffer> {
      const { maxBytes = Number.POSITIVE_INFINITY, signal } = options
      for await (const batch of batches(source, signal))
        for (const chunk of batch) {
          bytes += chunk.length
          if (bytes > maxBytes) throw beyondMaxBytes(maxBytes)
          checksums.update(chunk)
          if (bytes <= SMALL_BYTES) small.push(chunk)
          else small.length = 0
          yield chunk
        }
    }
    try {
      await uploadStream(this.#s3, at, { body: Readable.from(counted()), signal: options.signal })
    } catch (error) {
      options.signal?.throwIfAborted()
      throw asBucketError(error)
    }
    // Files of jobs are written once; other keys may be written or deleted by any process.
    if (bytes <= SMALL_BYTES && key.startsWith(JOBS_PREFIX)) this.#recent.keep(key, Buffer.concat(small))
    return { bytes, ...checksums.finish() }
  }

  async size(key: string): Promise<number | undefined> {
    try {
      return (await this.#s3.headObject(this.#at(fileSegments(key)))).ContentLength
    } catch (error) {
      if (isMissingObject(error)) return undefined
      throw error
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const recent = this.#recent.find(key, range)
    if (recent) return Readable.from(recent.length > 0 ? [recent] : [])
    const Range = range && `bytes=${range.start}-${range.end}`
    try {
      const { Body } = await this.#s3.getObject({ ...this.#at(fileSegments(key)), ...(Range && { Range }) })
      return Body as Readable
    } catch (error) {
      if (isRangeBeyondEnd(error)) return Readable.from([])
      if (!isMissingObject(error)) throw error
      throw new AppError('file_not_found', { log: `nothing is stored as ${key}`, cause: error })
    }
  }

  async delete(keyOrPrefix: string): Promise<void> {
    const at = this.#at(segmentsOf(keyOrPrefix))
    this.#recent.forget(keyOrPrefix)
    if (!keyOrPrefix.endsWith('/')) await this.#s3.deleteObject(at)
    else
      for await (const keys of this.#pages(`${at.Key}/`))
        for (let from = 0; from < keys.length; from += DELETES_AT_A_TIME)
          await Promise.all(
            keys
              .slice(from, from + DELETES_AT_A_TIME)
              .map(Key => this.#s3.deleteObject({ Bucket: this.#bucket, Key })),
          )
  }

  async *list(prefix: string): AsyncIterable<string> {
    const { Key } = this.#at(prefixSegments(prefix))
    for await (const keys of this.#pages(`${Key}/`))
      for (const key of keys) yield key.slice(this.#prefix.length)
  }

  downloadUrl(key: string, { contentType, contentDisposition }: DownloadHeaders): Promise<string> {
    return presignedUrl(this.#s3, {
      ...this.#at(fileSegments(key)),
      ResponseContentType: contentType,
      ResponseContentDisposition: contentDisposition,
      ResponseCacheControl: 'private, no-store',
    })
  }

  async freeBytes(): Promise<null> {
    return null
  }

  #at(segments: readonly string[]): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + segments.join('/') }
  }

  /** The full keys that begin with `Prefix`, page by page. */
  async *#pages(Prefix: string): AsyncIterable<string[]> {
    let ContinuationToken: string | undefined
    do {
      const page = await this.#s3.listObjectsV2({ Bucket: this.#bucket, Prefix, ContinuationToken })
      yield (page.Contents ?? []).map(({ Key = '' }) => Key)
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
  }
}
