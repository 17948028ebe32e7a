import { performance } from 'node:perf_hooks'
import { jobPrefix, sourceKey } from '#lib/job-keys.ts'
import { type RecentObjects, SMALL_BYTES } from '#lib/storage/s3-storage/recent-objects.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { SpoolBucket } from './spool-bucket.ts'

/** A run of an upload's bytes, in an object of its own that never changes. */
export interface Segment {
  key: string
  bytes: number
}

/** What has arrived of an upload. */
export interface SpooledState {
  segments: readonly Segment[]
  /** The number of the next commit. */
  next: number
  /** All of it is in the source of the job, which is the only segment. */
  isFinished: boolean
}

/** What makes an upload longer, all at once. */
export interface Commit {
  /** A UUID. */
  name: string
  /** Segments that are in the bucket already, as `aheadKey` names them. */
  ahead: readonly Segment[]
  /** The bytes behind them; at least one. */
  last: Buffer
}

export const NOTHING: SpooledState = { segments: [], next: 0, isFinished: false }

/** What the source of a finished upload of several segments carries. */
export const FINISHED = { finished: 'yes' }
/** What a process wrote itself counts as known for this long. In milliseconds. */
const KNOWN_MS = 10_000
const MOST_KNOWN = 1000

/** Below the prefix of the job, so that whoever deletes the job or an orphan deletes them too. */
export const segmentsPrefix = (id: string) => `${jobPrefix(id)}upload/`
const numbered = (id: string, number: number) => segmentsPrefix(id) + String(number).padStart(6, '0')
/** The first commit is the source itself: an upload that comes at once needs no other object. */
const commitKey = (id: string, number: number) => (number === 0 ? sourceKey(id) : numbered(id, number))

/** The key of a segment that lies ahead of the last one of its commit. */
export function aheadKey(id: string, number: number, { name, n }: { name: string; n: number }): string {
  return `${numbered(id, number)}~${name}~${n}`
}

export const bytesOf = (segments: readonly Segment[]) =>
  segments.reduce((sum, segment) => sum + segment.bytes, 0)

/**
 * An upload grows by numbered commits. The last segment of each is written under its number, and only where no other
 * is: so of two processes that go on at the same place one adds its bytes and the other nothing. A commit's other
 * segments, under its number and name, count from then on; which name has won, the metadata of the number says.
 */
export class Commits {
  readonly #bucket: SpoolBucket
  readonly #recent: RecentObjects | undefined
  /** Of the uploads that this process has locked: nobody else writes them, and a lost lock fails at the next commit. */
  readonly #locked = new Map<string, SpooledState | undefined>()
  /** Of the uploads that this process wrote last, with the time of that. */
  readonly #known = new Map<string, { state: SpooledState; at: number }>()

  constructor(bucket: SpoolBucket, recent?: RecentObjects) {
    this.#bucket = bucket
    this.#recent = recent
  }

  /** The state that this process wrote itself a short time ago, although another may have gone on since. */
  known(id: string): SpooledState | undefined {
    const known = this.#known.get(id)
    return known && performance.now() - known.at < KNOWN_MS ? known.state : undefined
  }

  /** Keeps the state in memory from now on, or from its next reading on: then another process may have gone on since. */
  keepWhileLocked(id: string, state?: SpooledState): void {
    this.#locked.set(id, state)
    if (!state) this.#known.delete(id)
  }

  unlock(id: string): void {
    this.#locked.delete(id)
  }

  /** The state of an upload that this process has just opened. */
  begin(id: string): void {
    this.#remember(id, NOTHING)
  }

  forget(id: string): void {
    this.#locked.delete(id)
    this.#known.delete(id)
  }

  async load(id: string): Promise<SpooledState> {
    const locked = this.#locked.get(id)
    if (locked) return locked
    const state = await this.#read(id)
    if (this.#locked.has(id)) this.#locked.set(id, state)
    return state
  }

  /** @throws AppError `upload_taken_over` when another process has written this commit, `storage_full` */
  async addIfNext(id: string, before: SpooledState, { name, ahead, last }: Commit): Promise<SpooledState> {
    const key = commitKey(id, before.next)
    // Until the write is known to have succeeded, only the bucket tells.
    this.#lose(id)
    const metadata = { name, ahead: String(ahead.length) }
    const etag = await this.#bucket.putIf(key, last, { condition: 'absent', metadata })
    // The answer to the first try may have been lost: then the second one meets our own commit.
    if (etag === undefined && (await this.#bucket.metadataOf(key))?.name !== name)
      throw new AppError('upload_taken_over', { log: `another process has written to upload ${id}` })
    // A small upload is read as soon as it is whole.
    if (before.next === 0 && last.length <= SMALL_BYTES) this.#recent?.keep(key, Buffer.from(last))
    const segments = [...before.segments, ...ahead, { key, bytes: last.length }]
    return this.#remember(id, { segments, next: before.next + 1, isFinished: false })
  }

  /** To be called when the segments were put together as the source. */
  finished(id: string, { segments, next }: SpooledState): void {
    const source = { key: sourceKey(id), bytes: bytesOf(segments) }
    this.#recent?.forget(source.key)
    this.#remember(id, { segments: [source], next, isFinished: true })
  }

  #remember(id: string, state: SpooledState): SpooledState {
    if (this.#locked.has(id)) this.#locked.set(id, state)
    this.#known.delete(id)
    this.#known.set(id, { state, at: performance.now() })
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) break
      this.#known.delete(oldest)
    }
    return state
  }

  #lose(id: string): void {
    if (this.#locked.has(id)) this.#locked.set(id, undefined)
    this.#known.delete(id)
  }

  async #read(id: string): Promise<SpooledState> {
    // Another process may have made more of it.
    this.#recent?.forget(sourceKey(id))
    const listed = await this.#bucket.list(jobPrefix(id))
    const found = new Map(listed.map(({ key, bytes }) => [key, bytes]))
    const source = { key: sourceKey(id), bytes: found.get(sourceKey(id)) ?? 0 }
    if (!found.has(source.key)) return NOTHING
    const hasMore = listed.some(({ key }) => key.startsWith(segmentsPrefix(id)))
    const metadata = hasMore ? await this.#bucket.metadataOf(source.key) : {}
    if (!metadata) return NOTHING
    if (metadata.finished) return { segments: [source], next: 1, isFinished: true }
    return this.#readCommits(id, found, metadata)
  }

  async #readCommits(
    id: string,
    found: ReadonlyMap<string, number>,
    first: Record<string, string>,
  ): Promise<SpooledState> {
    const segments: Segment[] = []
    let next = 0
    for (; found.has(commitKey(id, next)); next++) {
      const key = commitKey(id, next)
      const mayHaveMore = [...found.keys()].some(each => each.startsWith(`${numbered(id, next)}~`))
      const metadata = next === 0 ? first : mayHaveMore ? await this.#bucket.metadataOf(key) : {}
      // It was finished meanwhile.
      if (!metadata) return this.#read(id)
      const { name = '', ahead = '0' } = metadata
      for (let n = 0; n < Number(ahead); n++) segments.push(segmentOf(found, aheadKey(id, next, { name, n })))
      segments.push(segmentOf(found, key))
    }
    return { segments, next, isFinished: false }
  }
}

function segmentOf(found: ReadonlyMap<string, number>, key: string): Segment {
  const bytes = found.get(key)
  if (bytes === undefined) throw new Error(`the segment ${key} of an upload is missing`)
  return { key, bytes }
}
