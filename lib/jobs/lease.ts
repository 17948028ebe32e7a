import { type AbortReason, PUSH_EVERY_MS, WRITE_EVERY_MS } from '../jobs.ts'
import type { Progress } from '../vocabulary/job.ts'
import { type Clock, systemClock } from './clock.ts'

export interface LeaseOptions {
  version: number
  /**
   * Extends the lease and writes progress where there is any. Resolves to the row's version, or to why the job is lost.
   */
  renew(unsaved: Progress | undefined): Promise<number | AbortReason>
  publish(tick: { version: number; tick: number; progress: Progress }): void
  clock?: Clock
}

/**
 * A worker's lease on one job: it renews once a second and publishes progress. Ticks between two writes carry the last
 * version and their own number, so that a reader can order everything by (version, tick).
 */
export class Lease {
  readonly #options: LeaseOptions
  readonly #abort = new AbortController()
  readonly #clock: Clock
  readonly #stopHeartbeat: () => void
  #version: number
  #tick = 0
  #unsaved: Progress | undefined
  #unpublished: Progress | undefined
  #cancelPublish: (() => void) | undefined
  #renewing = false
  #ended = false

  constructor(options: LeaseOptions) {
    this.#options = options
    this.#version = options.version
    this.#clock = options.clock ?? systemClock
    this.#stopHeartbeat = this.#clock.every(WRITE_EVERY_MS, () => void this.#renew())
  }

  /** Aborts with an `AbortReason` when the job no longer belongs to this attempt. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  progress(progress: Progress): void {
    if (this.#ended) return
    this.#unsaved = progress
    this.#unpublished = progress
    if (this.#cancelPublish) return
    this.#publish()
    this.#cancelPublish = this.#clock.after(PUSH_EVERY_MS, () => {
      this.#cancelPublish = undefined
      if (this.#unpublished) this.progress(this.#unpublished)
    })
  }

  /** Records the row's new version after a write outside this lease. */
  wroteVersion(version: number): void {
    this.#version = Math.max(this.#version, version)
  }

  abort(reason: AbortReason): void {
    this.end()
    this.#abort.abort(reason)
  }

  /** Ends the lease: no more renewals, writes or ticks. */
  end(): void {
    this.#ended = true
    this.#stopHeartbeat()
    this.#cancelPublish?.()
    this.#unpublished = undefined
  }

  #publish(): void {
    const progress = this.#unpublished
    this.#unpublished = undefined
    if (progress) this.#options.publish({ version: this.#version, tick: ++this.#tick, progress })
  }

  async #renew(): Promise<void> {
    if (this.#renewing) return
    this.#renewing = true
    const unsaved = this.#unsaved
    this.#unsaved = undefined
    try {
      const answer = await this.#options.renew(unsaved)
      if (typeof answer === 'number') this.wroteVersion(answer)
      // After its last write the attempt no longer owns the row, which is correct.
      else if (!this.#ended) this.abort(answer)
    } catch {
      // The database is down. The attempt continues, because every important write carries its own condition.
      this.#unsaved ??= unsaved
    } finally {
      this.#renewing = false
    }
  }
}
