/**
 * What ties the pages of a workbook together: links to its own cells, by an address that begins with `#` or by a formula
 * that may make one, and formulas that have another value each time the file is opened.
 */
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 2048
/** The address of the link does not begin like one outside. */
const FORMULA = 'HYPERLINK\\(\\s*(?!\\s|(?:"|&quot;)(?:https?|ftp|file|mailto):)|\\b(?:RAND[A-Z.]*|NOW)\\('

const FOUND = {
  sheet: new RegExp(`<(?:\\w+:)?hyperlink\\s[^<>]{0,1500}?\\slocation\\s*=|${FORMULA}`, 'g'),
  relationships: /\sTarget\s*=\s*["']#/g,
  openDocument: new RegExp(`[\\s:]href\\s*=\\s*["']#|${FORMULA}`, 'g'),
}

const OF_FORMULA = ['YPERL', 'RAND', 'NOW(']
const SIGNS: Readonly<Record<keyof typeof FOUND, readonly string[]>> = {
  sheet: ['location', ...OF_FORMULA],
  relationships: ['Target'],
  openDocument: ['#', ...OF_FORMULA],
}

/** Finds them in a sheet of Excel, in the relationships of one or of its drawings, or in an OpenDocument. */
export function tiedPagesNoter(flags: Flags, kind: keyof typeof FOUND): (piece: string) => void {
  const search = new PieceSearch(FOUND[kind], LONGEST, SIGNS[kind])
  return piece => {
    if (!flags.tiedPages && search.isIn(piece)) flags.tiedPages = true
  }
}
