import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { usualLoadShare } from '#worker/load-share.ts'
import type { DocumentKind } from '#worker/uno/document.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'

/** 100 is for what is stored. */
const HIGHEST = 99

/** Spreadsheets count the pages that they print on, not their sheets. */
const UNITS: Readonly<Record<DocumentKind, Progress['unit']>> = {
  presentation: 'slide',
  drawing: 'page',
  spreadsheet: 'page',
  text: 'page',
  other: null,
}

export interface ProgressMapperOptions {
  format: string
  target: string
  loadShare?: number | undefined
  onProgress(progress: Progress): void
}

/**
 * Turns what LibreOffice says on its status bar into progress. It says nothing of its own: without a call from
 * LibreOffice nothing is told but the change of phase.
 */
export class ProgressMapper {
  readonly #loadShare: number
  readonly #onProgress: ProgressMapperOptions['onProgress']
  readonly #isPrinted: boolean
  #range = 0
  #percent: number | null = null
  #exported = 0

  constructor({ format, target, loadShare = usualLoadShare(format), onProgress }: ProgressMapperOptions) {
    this.#isPrinted = PDF_TARGETS.includes(target)
    this.#loadShare = Math.min(1, Math.max(0, loadShare))
    this.#onProgress = onProgress
  }

  /** How many slides or pages the export counted. */
  get exported(): number {
    return this.#exported
  }

  startLoading(): void {
    this.#emit('loading', null)
  }

  /** On load the range is the format's own and may begin anew; a share of it is all that can be told. */
  loading(event: IndicatorEvent): void {
    if (event.kind === 'start') this.#range = event.range
    if (event.kind !== 'value' || this.#range <= 0) return
    this.#raise((this.#loadShare * Math.min(event.value, this.#range)) / this.#range)
    this.#emit('loading', null)
  }

  startExporting(): void {
    this.#range = 0
    this.#raise(this.#loadShare)
    this.#emit('exporting', null)
  }

  /**
   * A print counts its pages; value `n` comes before number n + 1 is printed. What other exports count is their own,
   * and a share of it is all that can be told.
   */
  exporting(event: IndicatorEvent, kind: DocumentKind): void {
    if (event.kind === 'start') this.#range = event.range
    if (event.kind !== 'value' || this.#range <= 0) return
    const done = Math.min(event.value, this.#range)
    const current = Math.min(done + 1, this.#range)
    this.#raise(this.#loadShare + ((1 - this.#loadShare) * done) / this.#range)
    if (this.#isPrinted) this.#exported = current
    this.#emit('exporting', this.#isPrinted ? { current, total: this.#range, unit: UNITS[kind] } : null)
  }

  #raise(share: number): void {
    this.#percent = Math.max(this.#percent ?? 0, Math.min(HIGHEST, Math.floor(share * 100)))
  }

  #emit(phase: Progress['phase'], count: Pick<Progress, 'current' | 'total' | 'unit'> | null): void {
    const { current, total, unit } = count ?? { current: null, total: null, unit: null }
    const percent = this.#percent
    this.#onProgress({ phase, current, total, unit, percent, indeterminate: percent === null })
  }
}
