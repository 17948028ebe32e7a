import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { usualLoadShare } from '#worker/load-share.ts'
import type { DocumentKind } from '#worker/uno/document.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'

/** 100 is reserved for a stored result. */
const HIGHEST = 99

/** Spreadsheets count printed pages, not sheets. */
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

/** Converts LibreOffice's status bar calls to progress. Without such a call it only reports the change of phase. */
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

  /** During loading the range depends on the format and may restart, so only a percentage is reported. */
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
   * Printing counts pages; value `n` comes before page n + 1 is printed. Other exports count in their own units, so
   * only a percentage is reported.
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
