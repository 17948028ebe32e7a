/** Which signs the numbers of a table are written with. */

export interface Marks {
  /** Undefined where nothing tells it. */
  decimal: '.' | ',' | undefined
  /** Between thousands; undefined where no number has both, since 1.234 alone may be either. */
  group: '.' | ',' | undefined
}

const BOTH = /^-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)([.,])\d+$/
const ONE = /^-?\d+([.,])(\d+)$/
/** A point or comma that may stand before decimals or between thousands. */
const EITHER = /^-?[1-9]\d{0,2}[.,]\d{3}$/

/** Gathers, cell by cell, which signs are used. */
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

  /** `delimiter` decides where the cells do not: where it is no semicolon, numbers have a point. */
  marks(delimiter: string): Marks {
    const { '.': points, ',': commas } = this.#decimals
    const usual = delimiter === ';' ? undefined : '.'
    const decimal = points > commas ? '.' : commas > points ? ',' : points > 0 ? (usual ?? ',') : usual
    if (decimal === undefined || this.#grouped[decimal] === 0) return { decimal, group: undefined }
    return { decimal, group: decimal === '.' ? ',' : '.' }
  }
}
