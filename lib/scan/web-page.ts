import { AppError } from '#lib/vocabulary/errors.ts'
import type { ScanLimits } from './scan-limits.ts'

/** Only structural elements, because real pages leave paragraphs and fonts unclosed by the hundred. */
const STRUCTURE = /<(\/?)(?:table|div|ul|ol|dl|blockquote|center|section|article|fieldset|svg|g)(?=[\s>/])/gi
const SEAM_BYTES = 16

/** Checks HTML chunk by chunk: how deep its tables and boxes are nested. */
export class WebPage {
  readonly #limits: ScanLimits
  #depth = 0
  #rest = ''

  constructor(limits: ScanLimits) {
    this.#limits = limits
  }

  /** Checks the next chunk. @throws AppError `too_deeply_nested` */
  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString('latin1')
    let done = 0
    for (const match of text.matchAll(STRUCTURE)) {
      const [whole, slash] = match
      done = match.index + whole.length
      this.#depth = slash === '/' ? Math.max(0, this.#depth - 1) : this.#depth + 1
      if (this.#depth > this.#limits.depth) {
        throw new AppError('too_deeply_nested', { details: { limit: this.#limits.depth } })
      }
    }
    // A tag may be split between two chunks.
    this.#rest = text.slice(Math.max(done, text.length - SEAM_BYTES))
  }
}
