/** The decimal and group marks of a table's numbers. */

export interface Marks {
  /** Undefined where it cannot be detected. */
  decimal: '.' | ',' | undefined
  /** Between thousands; undefined where no number has both, because 1.234 alone is ambiguous. */
  group: '.' | ',' | undefined
}

const BOTH = /^-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)([.,])\d+$/
const ONE = /^-?\d+([.,])(\d+)$/
/** A point or comma that may be a decimal or a group mark. */
const EITHER = /^-?[1-9]\d{0,2}[.,]\d{3}$/

/** Collects the marks cell by cell. */
export class MarkCounter {
  readonly #decimals = { '.': 0, ',': 0 }
  readonly #grouped = { '.': 0, ',': 0 }

  add(cell: string): void {
    if (!/\d$/.test(cell)) return
    const one = ONE.exec(cell)
    if (one) {
      if (!EITHER.test(cell)) this.#decimals[one[1] as '.' | ',']++
      return
    }
    const decimal = BOTH.exec(cell)?.[2]
    if (decimal !== '.' && decimal !== ',') return
    this.#decimals[decimal]++
    this.#grouped[decimal]++
  }

  /** `delimiter` decides where the cells do not: with any delimiter except a semicolon, numbers have a point. */
  marks(delimiter: string): Marks {
    const { '.': points, ',': commas } = this.#decimals
    const usual = delimiter === ';' ? undefined : '.'
    const decimal = points > commas ? '.' : commas > points ? ',' : points > 0 ? (usual ?? ',') : usual
    if (decimal === undefined || this.#grouped[decimal] === 0) return { decimal, group: undefined }
    return { decimal, group: decimal === '.' ? ',' : '.' }
  }
}
