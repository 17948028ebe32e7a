/** Which of two engines draws which page. */

/** The engine that has the document's slot, and the one that is lent beside it. */
export type Sharer = 'own' | 'lent'

/**
 * The part of its pages that an engine keeps when the other one has none left. Much less than half: whoever has the last
 * pages can give some of them away, but not take any before them, so it should not be done first.
 */
const KEPT_SHARE = 0.1

/**
 * Divides the pages of a document, numbered from 0. An engine passes them in order, so whoever has no page left ahead
 * takes the last ones of the other that are not begun.
 */
export class PagePlan {
  readonly #sharers: Sharer[]
  readonly #begun = new Set<number>()
  #isShared = false

  /** All pages belong to the document's own engine, which has begun the first. */
  constructor(total: number) {
    this.#sharers = Array.from({ length: total }, () => 'own')
    this.#begun.add(0)
  }

  get total(): number {
    return this.#sharers.length
  }

  /** Whether the lent engine has ever had a page. */
  get isShared(): boolean {
    return this.#isShared
  }

  /** How many pages are drawn or being drawn. */
  get begun(): number {
    return this.#begun.size
  }

  /** Who draws each page. */
  get sharers(): readonly Sharer[] {
    return this.#sharers
  }

  /**
   * Whether an engine draws this page, at which it has arrived. Where the other one `isPaused`, it leaves no page to it
   * that is not begun.
   */
  draws(sharer: Sharer, page: number, { isPaused = false }: { isPaused?: boolean } = {}): boolean {
    if (page >= this.total) return false
    if (!this.#aheadOf(sharer, page).length) this.#take(sharer, page, isPaused ? 0 : KEPT_SHARE)
    if (this.#sharers[page] !== sharer) return false
    this.#begun.add(page)
    return true
  }

  /** Gives back all pages of the lent engine, whose work is lost. */
  lose(): void {
    for (const [page, sharer] of this.#sharers.entries()) if (sharer === 'lent') this.#begun.delete(page)
    this.#sharers.fill('own')
  }

  /** The pages that nobody has drawn, once the own engine has passed all. */
  missing(): ReadonlySet<number> {
    return new Set(Array.from(this.#sharers.keys()).filter(page => !this.#begun.has(page)))
  }

  #take(sharer: Sharer, page: number, keptShare: number): void {
    const left = this.#aheadOf(sharer === 'own' ? 'lent' : 'own', page)
    for (const taken of left.slice(Math.ceil(left.length * keptShare))) {
      this.#sharers[taken] = sharer
      this.#isShared = true
    }
  }

  /** The pages of an engine from `page` on that are not begun. */
  #aheadOf(sharer: Sharer, page: number): number[] {
    const ahead: number[] = []
    for (let at = page; at < this.total; at++)
      if (this.#sharers[at] === sharer && !this.#begun.has(at)) ahead.push(at)
    return ahead
  }
}
