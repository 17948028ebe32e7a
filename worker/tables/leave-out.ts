import type { NumberBlock } from '#worker/number-blocks.ts'

/** What of a table is to be left out, counted from 0. */
export interface LeftOut {
  rows: readonly NumberBlock[]
  columns: readonly NumberBlock[]
}

/** Leaves rows and columns out of a CSV that comes in pieces. What stays is as it is written, quotes and all. */
export class CellRemover {
  readonly #delimiter: string
  readonly #rows: Passing
  readonly #columns: readonly NumberBlock[]
  #column: Passing
  #row = 0
  #cell = 0
  #isQuoted = false
  #isFirst = true

  /** `delimiter` is one letter. */
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

/** Blocks that are asked for number after number. */
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
