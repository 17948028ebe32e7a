import type { Pace, Timings } from '#lib/jobs.ts'
import { timeLeft } from '#lib/pace.ts'
import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import type { Phase, Progress } from '#lib/vocabulary/job.ts'

/** Measures an attempt's phases, and estimates the remaining time from earlier jobs. */
export class Stopwatch {
  readonly #pace: Pace
  readonly #began: number
  readonly #starts = new Map<Phase, number>()

  /** `began` is when the attempt began, on the clock of `performance.now()`. */
  constructor(pace: Pace, began = performance.now()) {
    this.#pace = pace
    this.#began = began
  }

  /** The engine's progress, with the remaining time where it can be estimated. */
  onProgress(progress: Progress): Progress {
    const now = performance.now()
    if (!this.#starts.has(progress.phase)) this.#starts.set(progress.phase, now)
    const eta = timeLeft(this.#pace, { percent: progress.percent, elapsedMs: now - this.#began })
    return eta ? { ...progress, eta } : progress
  }

  /** Undefined for an engine that did not report the end of loading. */
  timings(): Timings | undefined {
    const [loading, exporting, storing] = [
      this.#starts.get('loading'),
      this.#starts.get('exporting'),
      this.#starts.get('storing'),
    ]
    if (loading === undefined || exporting === undefined || storing === undefined) return undefined
    return { loadMs: Math.round(exporting - loading), exportMs: Math.round(storing - exporting) }
  }

  /** The duration so far in seconds, for the report. */
  seconds(): ConversionReport['seconds'] {
    const timings = this.timings()
    const seconds = (ms: number) => Math.round(ms) / 1000
    return {
      loading: timings ? seconds(timings.loadMs) : null,
      exporting: timings ? seconds(timings.exportMs) : null,
      total: seconds(performance.now() - this.#began),
    }
  }
}
