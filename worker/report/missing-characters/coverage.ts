import type { CharacterTally } from './tally.ts'

/** Nothing is drawn for these, or a symbol font has them under private codes. */
const NEVER_MISSING = /^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]$/u

/** The characters of all fonts of a machine together. */
export class Coverage {
  /** Names of families. */
  readonly families: ReadonlySet<string>
  readonly #ranges: readonly Range[]

  /** Parses lines of `fc-list`, each the names of a family, a tab, and ranges such as `20-7e a0`. */
  constructor(list: string) {
    const families = new Set<string>()
    const ranges = new Set<string>()
    for (const line of list.split('\n')) {
      const [names = '', charset = ''] = line.split('\t')
      for (const name of names.split(',')) families.add(name)
      for (const range of charset.split(' ')) ranges.add(range)
    }
    this.families = families
    this.#ranges = joined([...ranges].map(rangeOf))
  }

  has(code: number): boolean {
    let [from, to] = [0, this.#ranges.length - 1]
    while (from <= to) {
      const middle = (from + to) >> 1
      const [first, last] = this.#ranges[middle] as Range
      if (code < first) to = middle - 1
      else if (code > last) from = middle + 1
      else return true
    }
    return false
  }

  /** The counts of the characters that none of the fonts can draw. */
  lacks(tally: CharacterTally): Map<number, number> {
    return new Map([...tally].filter(([code]) => !this.#draws(code)))
  }

  /** A letter with an accent can also be drawn from two glyphs. */
  #draws(code: number): boolean {
    if (this.has(code)) return true
    const letter = String.fromCodePoint(code)
    if (NEVER_MISSING.test(letter)) return true
    const parts = [...letter.normalize('NFD')].map(part => part.codePointAt(0) ?? 0)
    return (parts.length > 1 || parts[0] !== code) && parts.every(part => this.has(part))
  }
}

type Range = [first: number, last: number]

function rangeOf(text: string): Range {
  const [first = '', last = first] = text.split('-')
  return [parseInt(first, 16), parseInt(last, 16)]
}

function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = []
  for (const [first, last] of ranges.filter(([start]) => start >= 0).toSorted(([a], [b]) => a - b)) {
    const before = all.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else all.push([first, last])
  }
  return all
}
