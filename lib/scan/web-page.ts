import { AppError } from '#lib/vocabulary/errors.ts'
import type { ScanLimits } from './scan-limits.ts'

/** Only what makes a page's structure, since honest pages forget to close paragraphs and fonts by the hundred. */
const STRUCTURE = /<(\/?)(?:table|div|ul|ol|dl|blockquote|center|section|article|fieldset|svg|g)(?=[\s>/])/gi
const SEAM_BYTES = 16

/** A look at HTML as its bytes go by: how deep its tables and boxes stand in each other. */
export class WebPage {
  readonly #limits: ScanLimits
  #depth = 0
  #rest = ''

  constructor(limits: ScanLimits) {
    this.#limits = limits
  }

  /** @throws AppError `too_deeply_nested` */
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
    // A tag may have been cut between two chunks.
    this.#rest = text.slice(Math.max(done, text.length - SEAM_BYTES))
  }
}
