/** One row of the table: what is measured, what came out, and what was promised. */
export interface SpeedRow {
  name: string
  /** The text of each measured value, for whoever reads the table. */
  details: string[]
  value: number
  /** The promise: `value` at most, or at least, this. Unset: nothing is promised of it. */
  atMost?: number
  atLeast?: number
}

export interface RowOptions {
  rounds: number
  /** The root of another clone, which takes part in the rows that compare clones. */
  against: string | undefined
}

export function isKept({ value, atMost, atLeast }: SpeedRow): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast)
}

export function printRow(row: SpeedRow): void {
  const { name, value, atMost, atLeast, details } = row
  const promised =
    atMost !== undefined ? ` (at most ${atMost})` : atLeast !== undefined ? ` (at least ${atLeast})` : ''
  const verdict = promised && (isKept(row) ? '' : '   NOT REACHED')
  console.log(`${name.padEnd(58)} ${value.toFixed(2)}${promised}${verdict}`)
  for (const detail of details) console.log(`    ${detail}`)
}
