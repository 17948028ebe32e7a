import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { jobPrefix } from '#lib/job-keys.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { SpoolBucket } from './spool-bucket.ts'

const ManifestSchema = z.object({
  revision: z.uuid(),
  segments: z.array(z.tuple([z.uuid(), z.int().min(1)])),
})

/** A run of an upload's bytes, in an object of its own that never changes. */
export interface Segment {
  name: string
  bytes: number
}

/** What has arrived of an upload. */
export interface Manifest {
  /** Empty where nothing has arrived, and once all of it is in the source of the job. */
  segments: readonly Segment[]
  /** The version in the bucket; undefined where there is none yet. */
  etag: string | undefined
}

/** The manifest of a finished upload stays until it is closed: where none is, a late process could write the first. */
export const isAssembled = ({ segments, etag }: Manifest) => etag !== undefined && segments.length === 0

/** Below the prefix of the job, so that whoever deletes the job or an orphan deletes them too. */
const manifestKey = (id: string) => `${jobPrefix(id)}upload`
export const segmentsPrefix = (id: string) => `${jobPrefix(id)}upload-segments/`
export const segmentKey = (id: string, { name }: Segment) => segmentsPrefix(id) + name

export const bytesOf = (segments: readonly Segment[]) =>
  segments.reduce((sum, segment) => sum + segment.bytes, 0)

/**
 * One object for each upload that lists its segments in order. Only what it lists has arrived; it is replaced by
 * compare-and-set, so a process that lost the upload can add nothing.
 */
export class Manifests {
  readonly #bucket: SpoolBucket
  /** Of the uploads that this process has locked: nobody else writes them, and a lost lock fails at the next write. */
  readonly #kept = new Map<string, Manifest | undefined>()

  constructor(bucket: SpoolBucket) {
    this.#bucket = bucket
  }

  /** Keeps the manifest in memory from its next reading on. */
  keepWhileLocked(id: string): void {
    this.#kept.set(id, undefined)
  }

  forget(id: string): void {
    this.#kept.delete(id)
  }

  async load(id: string): Promise<Manifest> {
    const kept = this.#kept.get(id)
    if (kept) return kept
    const { segments, etag } = (await this.#read(id)) ?? { segments: [], etag: undefined }
    return this.#keep(id, { segments, etag })
  }

  /**
   * Resolves to the version that follows `before`.
   * @throws AppError `upload_taken_over` when another process has written one, `storage_full`
   */
  async replaceIfUnchanged(id: string, before: Manifest, segments: readonly Segment[]): Promise<Manifest> {
    const revision = randomUUID()
    const content = { revision, segments: segments.map(({ name, bytes }) => [name, bytes]) }
    const condition = before.etag === undefined ? 'absent' : { etag: before.etag }
    const body = Buffer.from(JSON.stringify(content))
    // Until the write is known to have succeeded, only the bucket tells.
    this.#keep(id, undefined)
    const etag = await this.#bucket.putIf(manifestKey(id), body, condition)
    if (etag !== undefined) return this.#keep(id, { segments, etag })
    // The answer to the first try may have been lost: then the second one meets our own version.
    const found = await this.#read(id)
    if (found?.revision === revision) return this.#keep(id, { segments, etag: found.etag })
    throw new AppError('upload_taken_over', { log: `another process has written to upload ${id}` })
  }

  delete(id: string): Promise<void> {
    this.forget(id)
    return this.#bucket.delete(manifestKey(id))
  }

  #keep<M extends Manifest | undefined>(id: string, manifest: M): M {
    if (this.#kept.has(id)) this.#kept.set(id, manifest)
    return manifest
  }

  async #read(id: string) {
    const found = await this.#bucket.get(manifestKey(id))
    if (!found) return undefined
    const { revision, segments } = ManifestSchema.parse(JSON.parse(found.content.toString()))
    return { revision, segments: segments.map(([name, bytes]) => ({ name, bytes })), etag: found.etag }
  }
}
