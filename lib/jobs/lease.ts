import { type AbortReason, PUSH_EVERY_MS, WRITE_EVERY_MS } from '../jobs.ts'
import type { Progress } from '../vocabulary/job.ts'
import { type Clock, systemClock } from './clock.ts'

export interface LeaseOptions {
  version: number
  /** Proves life and writes progress if there is news; gives the row's version, or why the job is lost. */
  renew(unsaved: Progress | undefined): Promise<number | AbortReason>
  publish(tick: { version: number; tick: number; progress: Progress }): void
  clock?: Clock
}

/**
 * A worker's hold on one job: a proof of life each second, progress on the way. Ticks between two writes carry the
 * last version and a number of their own, so that a reader can order everything by (version, tick).
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

  /** Aborted with an `AbortReason` when the job is no longer this attempt's. */
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

  /** The row was written beside this lease and has this version now. */
  wroteVersion(version: number): void {
    this.#version = Math.max(this.#version, version)
  }

  abort(reason: AbortReason): void {
    this.end()
    this.#abort.abort(reason)
  }

  /** No more proofs, writes or ticks: the attempt has ended. */
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
      // After the attempt's last write the row is no longer its own, and rightly so.
      else if (!this.#ended) this.abort(answer)
    } catch {
      // The database is away. The work goes on: every write that matters carries its own condition.
      this.#unsaved ??= unsaved
    } finally {
      this.#renewing = false
    }
  }
}
