import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 2500
/**
 * Fields that LibreOffice may not print as Word kept them: by the word that they begin with, which may be cut in two,
 * those with another field in their instruction, and those that are locked.
 */
const FIELDS =
  /(?:instr="|<w:instrText[^>]{0,60}>)\s*(?:(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|SAVEDATE|PRINTDATE|DOCPROPERTY|SYMBOL|AUTONUM\w*|SEQ|REF|PAGEREF)\b|I(?=<))|fldCharType="begin"(?:(?!fldCharType=)[\s\S]){0,2000}?fldCharType="begin"|\sw:fldLock="(?:1|true|on)"/gi

/** Finds, piece by piece, whether a Word document has such fields. */
export function keptFieldsNoter(flags: Flags) {
  const search = new PieceSearch(FIELDS, LONGEST)
  return (piece: string) => {
    if (!flags.keptFields) for (const _ of search.matches(piece)) flags.keptFields = true
  }
}
