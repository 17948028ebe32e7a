/** The first and last of consecutive numbers. */
export type NumberBlock = readonly [first: number, last: number]

/** The numbers from 0 to `last` outside these blocks, which may overlap and come in any order. */
export function gapsBetween(blocks: readonly NumberBlock[], last: number): NumberBlock[] {
  const gaps: NumberBlock[] = []
  let next = 0
  for (const [first, end] of blocks.toSorted(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1])
    next = Math.max(next, end + 1)
  }
  if (next <= last) gaps.push([next, last])
  return gaps
}

/** The count of numbers in these blocks, which may overlap and come in any order. */
export function countIn(blocks: readonly NumberBlock[]): number {
  let [count, next] = [0, 0]
  for (const [first, last] of blocks.toSorted(([a], [b]) => a - b)) {
    count += Math.max(0, last - Math.max(first, next) + 1)
    next = Math.max(next, last + 1)
  }
  return count
}
