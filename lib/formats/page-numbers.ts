/** What the option `pages` says, such as `1-3,7,9-` or `all`. Pure data, safe for the browser. */

/**
 * The chosen numbers among `total` pages, each once and in the order of the document. Where a range begins beyond the
 * last page, its beginning is given as `missing`; one that only ends there is cut.
 */
export function pageNumbers(wish: string, total: number): { numbers: number[]; missing?: number } {
  const numbers = new Set<number>()
  for (const part of wish === 'all' ? ['1-'] : wish.split(',')) {
    const [first = '', last = first] = part.split('-')
    const ends = [Number(first), last === '' ? Math.max(Number(first), total) : Number(last)]
    const [from, to] = [Math.min(...ends), Math.min(Math.max(...ends), total)]
    if (from > total) return { numbers: [], missing: from }
    for (let number = from; number <= to; number++) numbers.add(number)
  }
  return { numbers: [...numbers].sort((a, b) => a - b) }
}

/** Whether exactly one page is meant, however many there are. */
export function isOnePage(wish: string): boolean {
  return /^\d+$/.test(wish)
}
