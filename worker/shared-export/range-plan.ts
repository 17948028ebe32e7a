/** Which of two engines exports which pages of a workbook. */
import type { Sharer } from './page-plan.ts'

/** Pages of a document, counted from 1, the last included. */
export interface PageRange {
  from: number
  to: number
}

/** What an engine takes of the pages that are left, and of all pages at least: each range costs time and fonts. */
const TAKEN_SHARE = 1 / 3
const LEAST_SHARE = 1 / 16

/**
 * Divides the pages of a workbook. The document's own engine takes ranges from the front, the lent one from the back,
 * smaller and smaller ones, so both end together although pages differ.
 */
export class RangePlan {
  readonly total: number
  /** How many pages each engine has exported. */
  readonly #done: Record<Sharer, number> = { own: 0, lent: 0 }
  readonly #begun: Record<Sharer, PageRange | undefined> = { own: undefined, lent: undefined }

  constructor(total: number) {
    this.total = total
  }

  /** How many pages an engine has exported before those at which it is. */
  done(sharer: Sharer): number {
    return this.#done[sharer]
  }

  /** The next pages for an engine, which has exported those before; undefined where none are left. */
  next(sharer: Sharer): PageRange | undefined {
    this.#done[sharer] += lengthOf(this.#begun[sharer])
    this.#begun[sharer] = undefined
    const left = this.#left()
    const count = this.#countOf(lengthOf(left))
    if (count === 0) return undefined
    const range =
      sharer === 'own'
        ? { from: left.from, to: left.from + count - 1 }
        : { from: left.to - count + 1, to: left.to }
    this.#begun[sharer] = range
    return range
  }

  /** Gives back what the lent engine has begun, which is lost. */
  lose(): void {
    this.#begun.lent = undefined
  }

  #left(): PageRange {
    const { own, lent } = this.#begun
    return {
      from: 1 + this.#done.own + lengthOf(own),
      to: this.total - this.#done.lent - lengthOf(lent),
    }
  }

  #countOf(left: number): number {
    const least = Math.ceil(this.total * LEAST_SHARE)
    const count = Math.max(least, Math.ceil(left * TAKEN_SHARE))
    // Hardly any would remain.
    return left < count + least ? left : count
  }
}

function lengthOf(range: PageRange | undefined): number {
  return range ? range.to - range.from + 1 : 0
}
