import type { Progress } from '#lib/vocabulary/job.ts'

/** 100 is reserved for a stored result. */
const HIGHEST = 99

/** One bar for an export by two engines: it counts the pages of both, and its percentage never goes back. */
export class SharedProgress {
  readonly #onProgress: (progress: Progress) => void
  #last: Progress | undefined
  #told: Progress | undefined
  /** The percentage with which the export began. */
  #base = 0
  #counts: { begun: number; total: number } | undefined

  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress
  }

  /** Progress of the engine that has the slot. */
  own(progress: Progress): void {
    if (progress.phase === 'exporting' && this.#last?.phase !== 'exporting')
      this.#base = progress.percent ?? 0
    this.#last = progress
    this.#emit()
  }

  /** How many of all pages both have drawn or are drawing. */
  both(begun: number, total: number): void {
    this.#counts = { begun, total }
    this.#emit()
  }

  #emit(): void {
    if (!this.#last) return
    const progress = this.#counted(this.#last)
    const percent = progress.percent === null ? null : Math.max(progress.percent, this.#told?.percent ?? 0)
    if (this.#counts && this.#isTold(progress)) return
    this.#told = { ...progress, percent }
    this.#onProgress(this.#told)
  }

  /** Pages that were lost are exported again, but not counted again. */
  #isTold({ phase, current, percent }: Progress): boolean {
    if (this.#told?.phase !== phase) return false
    if (current === null) return this.#told.percent === percent
    return (this.#told.current ?? 0) >= current
  }

  #counted(last: Progress): Progress {
    if (!this.#counts || !last.total) return last
    const { begun, total } = this.#counts
    const done = (begun - 1) / total
    const percent = Math.min(HIGHEST, Math.floor(this.#base + (100 - this.#base) * done))
    return { ...last, current: Math.min(begun, total), total, percent }
  }
}
