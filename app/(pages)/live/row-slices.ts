/** So many rows are rendered at once; half of what a slow machine can do within a frame. */
export const SLICE = 40

export interface Slice<T> {
  /** What each row shows now, by its key; one that is missing has not been rendered yet. */
  shown: ReadonlyMap<string, T>
  /** Whether that is all that was wanted. */
  isWhole: boolean
}

/**
 * Rows that change by the hundred, as when the queue moves or the server goes away, change in slices of which each is
 * shown before the next is rendered. Independent of React.
 */
export class RowSlices<T> {
  readonly #isSame: (one: T, other: T) => boolean
  #shown: ReadonlyMap<string, T> = new Map()

  constructor(isSame: (one: T, other: T) => boolean) {
    this.#isSame = isSame
  }

  /** The next slice, from the top, of what the rows should show. */
  next(wanted: ReadonlyMap<string, T>): Slice<T> {
    const shown = new Map<string, T>()
    let left = SLICE
    let isWhole = true
    for (const [key, value] of wanted) {
      const last = this.#shown.get(key)
      const isStale = last === undefined || !this.#isSame(last, value)
      if (isStale && left-- > 0) shown.set(key, value)
      else if (last !== undefined) shown.set(key, last)
      if (isStale && left < 0) isWhole = false
    }
    this.#shown = shown
    return { shown, isWhole }
  }
}
