import type { NumberBlock } from '#worker/number-blocks.ts'

/** The rows and columns to remove, counted from 0. */
export interface LeftOut {
  rows: readonly NumberBlock[]
  columns: readonly NumberBlock[]
}

/** Removes rows and columns from a CSV that arrives in pieces. The rest stays as written, including quotes. */
export class CellRemover {
  readonly #delimiter: string
  readonly #rows: Passing
  readonly #columns: readonly NumberBlock[]
  #column: Passing
  #row = 0
  #cell = 0
  #isQuoted = false
  #isFirst = true

  /** `delimiter` is one character. */
  constructor(delimiter: string, { rows, columns }: LeftOut) {
    this.#delimiter = delimiter
    this.#rows = new Passing(rows)
    this.#columns = columns
    this.#column = new Passing(columns)
  }

  write(piece: string): string {
    let written = ''
    let start = 0
    const keep = (end: number) => {
      if (this.#isKept) written += piece.slice(start, end)
      start = end + 1
    }
    for (let at = 0; at < piece.length; at++) {
      const letter = piece[at]
      if (letter === '"') this.#isQuoted = !this.#isQuoted
      if (this.#isQuoted || (letter !== this.#delimiter && letter !== '\n')) continue
      keep(at)
      if (letter === '\n') written += this.#endRow()
      else written += this.#endCell()
    }
    keep(piece.length)
    return written
  }

  get #isKept(): boolean {
    return !this.#rows.holds(this.#row) && !this.#column.holds(this.#cell)
  }

  #endCell(): string {
    if (this.#isKept) this.#isFirst = false
    this.#cell++
    return this.#isKept && !this.#isFirst ? this.#delimiter : ''
  }

  #endRow(): string {
    const isKept = !this.#rows.holds(this.#row)
    this.#row++
    this.#cell = 0
    this.#isFirst = true
    this.#column = new Passing(this.#columns)
    return isKept ? '\n' : ''
  }
}

/** Blocks that are checked in ascending order. */
class Passing {
  readonly #blocks: readonly NumberBlock[]
  #next = 0

  constructor(blocks: readonly NumberBlock[]) {
    this.#blocks = blocks
  }

  holds(number: number): boolean {
    while (number > (this.#blocks[this.#next]?.[1] ?? Number.POSITIVE_INFINITY)) this.#next++
    return number >= (this.#blocks[this.#next]?.[0] ?? Number.POSITIVE_INFINITY)
  }
}
