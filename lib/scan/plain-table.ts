const LOOKED_AT_CHARACTERS = 16 * 1024
const DELIMITERS = { tsv: '\t', csv: [';', ',', '|'] } as const
/** The share of the lines with a delimiter that must have the same number of it. */
const ALIKE = 0.8

/**
 * Whether a text is a table, and of which kind: at least two lines contain the same delimiter, and nearly all of these
 * have the same number of cells. Prose has commas as well, but not the same number in each line.
 */
export function plainTable(text: string): 'csv' | 'tsv' | undefined {
  const lines = text.slice(0, LOOKED_AT_CHARACTERS).split(/\r\n|\r|\n/)
  // The last line may be cut off.
  const whole = (lines.length > 2 ? lines.slice(0, -1) : lines).filter(line => line.trim() !== '')
  if (isCutBy(DELIMITERS.tsv, whole)) return 'tsv'
  return DELIMITERS.csv.some(delimiter => isCutBy(delimiter, whole)) ? 'csv' : undefined
}

function isCutBy(delimiter: string, lines: readonly string[]): boolean {
  const counts = lines.map(line => unquoted(line).split(delimiter).length - 1).filter(count => count > 0)
  if (counts.length < 2 || counts.length < lines.length * ALIKE) return false
  const tally = new Map<number, number>()
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
  return delimiter === DELIMITERS.tsv || Math.max(...tally.values()) >= counts.length * ALIKE
}

function unquoted(line: string): string {
  return line.replace(/"[^"]*"/g, '')
}
