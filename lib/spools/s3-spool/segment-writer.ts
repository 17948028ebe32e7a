import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { giveBack, lengthOf } from '#lib/storage/local/drain.ts'
import { bytesOf, type Manifest, type Manifests, type Segment, segmentKey } from './manifest.ts'
import type { SpoolBucket } from './spool-bucket.ts'

/** S3 composes an object only of parts of this size, save the last one. */
export const LEAST_PART_BYTES = 5 * 1024 * 1024
/** A little more than the page sends at a time. Two of them are in memory: one arrives while the other is written. */
const SEGMENT_BYTES = 8 * 1024 * 1024
/** So many small segments may follow each other at the end; the next one is written with them as one. */
const MOST_SMALL = 8
/** What a slow sender has sent is written after this time, in milliseconds: until then it is in memory alone. */
const MOST_AGE_MS = 10_000

/** The small segments at the end; all others are large enough for a part. */
export function smallOnes(segments: readonly Segment[]): readonly Segment[] {
  return segments.slice(segments.findLastIndex(({ bytes }) => bytes >= LEAST_PART_BYTES) + 1)
}

export interface SegmentWriterOptions {
  id: string
  bucket: SpoolBucket
  manifests: Manifests
  manifest: Manifest
  /** All at once becomes a part of the upload, by `commit`, or nothing does. */
  atomic: boolean
  ownsChunks: boolean | undefined
}

/** Writes what arrives as segments of one upload, with constant memory. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions
  #committed: Manifest
  #segments: readonly Segment[]
  #chunks: Buffer[] = []
  #bytes = 0
  #oldestAt = 0
  #writing = Promise.resolve()
  /** Segments that were written and are not in the manifest yet. */
  #written: Segment[] = []
  /** Segments whose bytes are in others now. */
  #replaced: Segment[] = []

  constructor(options: SegmentWriterOptions) {
    this.#options = options
    this.#committed = options.manifest
    this.#segments = options.manifest.segments
  }

  /** Takes bytes; a full segment is written while the next one arrives. */
  async add(batch: Buffer[]): Promise<void> {
    if (this.#bytes === 0) this.#oldestAt = performance.now()
    this.#chunks.push(...batch)
    this.#bytes += lengthOf(batch)
    if (this.#bytes < SEGMENT_BYTES && performance.now() - this.#oldestAt < MOST_AGE_MS) return
    await this.#writing
    this.#writing = this.#write()
    // It is awaited with the next segment or at the end.
    this.#writing.catch(() => {})
  }

  /** Writes the rest. @throws AppError as `Manifests.replaceIfUnchanged` */
  async commit(): Promise<void> {
    await this.#writing
    if (this.#bytes > 0) await this.#write()
    await this.#publish()
  }

  /** Deletes the segments that did not become a part of the upload. */
  async discard(): Promise<void> {
    await this.#writing.catch(() => {})
    await this.#delete(this.#written.splice(0))
  }

  async #write(): Promise<void> {
    const { id, bucket, atomic } = this.#options
    const body = this.#take()
    const merged = this.#toMergeWith(body.length)
    const content = Buffer.concat([...(await Promise.all(merged.map(each => this.#read(each)))), body])
    const segment = { name: randomUUID(), bytes: content.length }
    this.#written.push(segment)
    await bucket.put(segmentKey(id, segment), content)
    this.#segments = [...this.#segments.slice(0, this.#segments.length - merged.length), segment]
    this.#replaced.push(...merged)
    if (!atomic) await this.#publish()
  }

  #take(): Buffer {
    const chunks = this.#chunks
    const body = Buffer.concat(chunks)
    if (this.#options.ownsChunks) for (const chunk of chunks) giveBack(chunk)
    this.#chunks = []
    this.#bytes = 0
    return body
  }

  #toMergeWith(bytes: number): readonly Segment[] {
    const small = smallOnes(this.#segments)
    return bytesOf(small) + bytes >= LEAST_PART_BYTES || small.length >= MOST_SMALL ? small : []
  }

  async #read(segment: Segment): Promise<Buffer> {
    const { id, bucket } = this.#options
    const found = await bucket.get(segmentKey(id, segment))
    if (found?.content.length === segment.bytes) return found.content
    throw new Error(`segment ${segment.name} of upload ${id} is not whole`)
  }

  async #publish(): Promise<void> {
    const { id, manifests } = this.#options
    if (this.#segments === this.#committed.segments) return
    this.#committed = await manifests.replaceIfUnchanged(id, this.#committed, this.#segments)
    this.#written = []
    await this.#delete(this.#replaced.splice(0))
  }

  /** What cannot be deleted now is deleted when the upload is finished. */
  async #delete(segments: readonly Segment[]): Promise<void> {
    const { id, bucket } = this.#options
    await Promise.allSettled(segments.map(each => bucket.delete(segmentKey(id, each))))
  }
}
