/** Detects the delimiter of a table in plain text. */
import type { Delimiter } from '#lib/vocabulary/formats.ts'

/** The delimiters that the options name. */
export const DELIMITER_SIGNS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  space: ' ',
} satisfies Record<Delimiter, string>

/** For equal scores the earlier one wins. */
const CANDIDATES = ['\t', ';', '|', ','] as const
const MOST_LINES = 2000
/** In characters: enough to distinguish them. */
export const LOOKED_AT = 1_000_000
/** The first line that Excel and other programs write; it is not a row. */
const SEPARATOR_LINE = /^\ufeff?"?sep=([^\r\n])"?(\r\n|\r|\n|$)/i

/** The delimiter that the first line declares, and the length of that line in characters, with its end. */
export function declaredDelimiter(text: string): { delimiter: string; length: number } | undefined {
  const [line, delimiter] = SEPARATOR_LINE.exec(text) ?? []
  return line && delimiter ? { delimiter, length: line.length } : undefined
}

/**
 * The delimiter that divides the beginning of a table into the same number of cells in every line. A comma that only
 * occurs inside numbers is a decimal mark if another delimiter fits, or if a line has no comma.
 */
export function delimiterOf(text: string): string {
  const lines = linesOf(text)
  const [best] = CANDIDATES.map(sign => ({ sign, ...judge(lines, sign) }))
    .filter(({ cells }) => cells > 1)
    .sort((a, b) => b.score - a.score)
  if (best?.sign === ',' && isDecimalMark(lines)) return ';'
  return best?.sign ?? ','
}

/** Without quoted text. The last line is omitted where the text was cut off in it. */
function linesOf(text: string): string[] {
  const lines = text.replace(/(^|[\t;|,\r\n])"(?:[^"]|"")*"/g, '$1x').split(/\r\n|\r|\n/, MOST_LINES)
  return (text.length < LOOKED_AT ? lines : lines.slice(0, -1)).filter(line => line.trim() !== '')
}

interface Evenness {
  cells: number
  /** Highest for equal numbers of cells, then many divided lines, then many cells. */
  score: number
}

function judge(lines: readonly string[], sign: string): Evenness {
  const plain = evenness(lines, sign)
  if (sign !== ',' || !lines.some(line => /[\t;|]/.test(line))) return plain
  const bare = evenness(
    lines.map(line => line.replace(/(\d),(?=\d)/g, '$1.')),
    sign,
  )
  return bare.score >= 1 ? plain : bare
}

function evenness(lines: readonly string[], sign: string): Evenness {
  const counts = Map.groupBy(
    lines.map(line => line.split(sign).length).filter(cells => cells > 1),
    cells => cells,
  )
  const [[cells, most] = [1, []]] = [...counts].sort((a, b) => b[1].length - a[1].length || b[0] - a[0])
  const divided = [...counts.values()].reduce((sum, { length }) => sum + length, 0)
  const score = most.length / lines.length + divided / lines.length / 10 + Math.min(cells, 100) / 10_000
  return { cells, score }
}

/** A column of numbers with decimal commas below a heading is one column. */
function isDecimalMark(lines: readonly string[]): boolean {
  const [heading = '', ...rest] = lines
  return (
    !heading.includes(',') &&
    rest.some(line => line.includes(',')) &&
    rest.every(line => /^\s*-?\d+(,\d+)?\s*$/.test(line))
  )
}
