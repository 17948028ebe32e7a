import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { giveBack } from '#lib/storage/local/drain.ts'
import { aheadKey, type Commits, type Segment, type SpooledState } from './commits.ts'
import { SegmentBuffers } from './segment-buffers.ts'
import type { SpoolBucket } from './spool-bucket.ts'

/** So many segments are written at a time, while the next one fills. */
const WRITES_AT_A_TIME = 3
/** So many segments, the last one included, make a commit at most. */
const SEGMENTS_IN_COMMIT = 8
/** What has arrived is committed after this time, in milliseconds: until then the death of the process loses it. */
const MOST_AGE_MS = 10_000

export interface SegmentWriterOptions {
  id: string
  bucket: SpoolBucket
  commits: Commits
  state: SpooledState
  /** All at once becomes a part of the upload, by `commit`, or nothing does. */
  atomic: boolean
  ownsChunks: boolean | undefined
  /** The most bytes that may come. */
  maxBytes: number
}

/** The commit that is being made up. */
interface Batch {
  name: string
  number: number
  ahead: Segment[]
  writing: Promise<void>[]
}

/** Writes what arrives as segments of one upload, several at a time, with constant memory. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions
  readonly #buffers: SegmentBuffers
  readonly #writes = new Set<Promise<void>>()
  #batch: Batch
  #oldestAt = 0
  /** The state after the last commit that was begun. */
  #committed: Promise<SpooledState>
  #failure: { error: unknown } | undefined
  /** Segments that were written and belong to no commit yet. */
  readonly #loose = new Set<Segment>()

  constructor(options: SegmentWriterOptions) {
    this.#options = options
    this.#buffers = new SegmentBuffers(options.maxBytes)
    this.#batch = newBatch(options.state.next)
    this.#committed = Promise.resolve(options.state)
  }

  /** Takes bytes; resolves when there is room for more. */
  async add(chunks: readonly Buffer[]): Promise<void> {
    if (this.#buffers.filled === 0 && this.#batch.ahead.length === 0) this.#oldestAt = performance.now()
    for (const chunk of chunks) {
      for (let taken = 0; taken < chunk.length; ) {
        // A full segment is only written when more comes: as the last one it needs no other object.
        if (this.#buffers.isFull) await this.#writeSegment()
        taken += this.#buffers.take(chunk, taken)
      }
      if (this.#options.ownsChunks) giveBack(chunk)
    }
    if (this.#options.atomic || performance.now() - this.#oldestAt < MOST_AGE_MS) return
    await this.#beginCommit()
  }

  /** Makes all that was added a part of the upload. @throws AppError as `Commits.addIfNext` */
  async commit(): Promise<void> {
    if (this.#buffers.filled > 0) await this.#beginCommit()
    await this.#committed
    this.#throwFailure()
  }

  /** Deletes the segments that did not become a part of the upload. */
  async discard(): Promise<void> {
    await Promise.all(this.#writes)
    const { bucket } = this.#options
    // What cannot be deleted now is deleted when the upload is finished.
    await Promise.allSettled([...this.#loose].map(({ key }) => bucket.delete(key)))
  }

  async #writeSegment(): Promise<void> {
    const isLast = this.#batch.ahead.length === SEGMENTS_IN_COMMIT - 1
    if (isLast && !this.#options.atomic) return this.#beginCommit()
    await this.#room()
    const { id, bucket } = this.#options
    const { name, number, ahead, writing } = this.#batch
    const body = this.#buffers.next()
    const segment = { key: aheadKey(id, number, { name, n: ahead.length }), bytes: body.length }
    ahead.push(segment)
    this.#loose.add(segment)
    writing.push(
      this.#inBackground(async () => {
        await bucket.put(segment.key, body)
        this.#buffers.reuse(body)
      }),
    )
  }

  async #beginCommit(): Promise<void> {
    await this.#room()
    const { id, commits } = this.#options
    const { name, number, ahead, writing } = this.#batch
    const [last, before] = [this.#buffers.next(), this.#committed]
    this.#batch = newBatch(number + 1)
    this.#oldestAt = performance.now()
    this.#committed = before.then(async state => {
      await Promise.all(writing)
      this.#throwFailure()
      const after = await commits.addIfNext(id, state, { name, ahead, last })
      for (const segment of ahead) this.#loose.delete(segment)
      this.#buffers.reuse(last)
      return after
    })
    void this.#inBackground(() => this.#committed)
  }

  /** Waits until another write may begin. @throws the error of an earlier one */
  async #room(): Promise<void> {
    while (this.#writes.size >= WRITES_AT_A_TIME) await Promise.race(this.#writes)
    this.#throwFailure()
  }

  /** Resolves in any case: an error is thrown by whatever comes next. */
  #inBackground(write: () => Promise<unknown>): Promise<void> {
    const writing = write().then(
      () => {},
      error => {
        this.#failure ??= { error }
      },
    )
    this.#writes.add(writing)
    return writing.finally(() => this.#writes.delete(writing))
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }
}

function newBatch(number: number): Batch {
  return { name: randomUUID(), number, ahead: [], writing: [] }
}
