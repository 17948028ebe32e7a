/** The value of the option `pages`, such as `1-3,7,9-` or `all`. Pure data, safe for the browser. */

/**
 * The selected page numbers among `total` pages, in the given order; `5-2` counts down. For a range that lies wholly
 * beyond the last page, `missing` is its lowest page; a range that is partly beyond is cut.
 */
export function pageNumbers(requested: string, total: number): { numbers: number[]; missing?: number } {
  const numbers: number[] = []
  for (const { first, last } of rangesIn(requested)) {
    const [from, to] = [Math.min(first, last), Math.min(Math.max(first, last), total)]
    if (from > total) return { numbers: [], missing: from }
    const range = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    numbers.push(...(last < first ? range.reverse() : range))
  }
  return { numbers }
}

/** The first page that is named twice, for any number of pages; undefined where each is named once. */
export function pageNamedTwice(requested: string): number | undefined {
  const ranges = rangesIn(requested).map(
    ({ first, last }) => [Math.min(first, last), Math.max(first, last)] as const,
  )
  let end = 0
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from <= end) return from
    end = to
  }
  return undefined
}

function rangesIn(requested: string): { first: number; last: number }[] {
  return (requested === 'all' ? '1-' : requested).split(',').map(part => {
    const [first = '', last = first] = part.split('-')
    return { first: Number(first), last: last === '' ? Number.POSITIVE_INFINITY : Number(last) }
  })
}

/** Whether the value selects exactly one page, for any number of pages. */
export function isOnePage(requested: string): boolean {
  return /^\d+$/.test(requested)
}

/** The value of the option `split` for one file for each page. */
const EACH = 'each'

/**
 * The page numbers of each file that the value of the option `split` asks for, such as `1-3, 5, 8-`; `each` is one
 * file for each page. No range is cut: `missing` is a page that does not exist.
 */
export function pageRanges(split: string, total: number): { ranges: number[][]; missing?: number } {
  if (split === EACH) return { ranges: Array.from({ length: total }, (_, index) => [index + 1]) }
  const ranges: number[][] = []
  for (const part of split.replaceAll(' ', '').split(',')) {
    const highest = Math.max(...part.split('-').map(Number))
    if (highest > total) return { ranges: [], missing: highest }
    ranges.push(pageNumbers(part, total).numbers)
  }
  return { ranges }
}

/** Whether the value of the option `split` gives one file, for any number of pages. */
export function isOneRange(split: string): boolean {
  return split !== EACH && !split.includes(',')
}
