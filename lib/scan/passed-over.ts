import { ASKS_FILE_NAME, OLD_INSTRUCTION } from './field-finder.ts'
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 2500
/**
 * Word fields whose stored result LibreOffice may not print: by their first word, which may be split in two runs, those
 * with a nested field in their instruction, and locked ones. Each pattern begins with rare characters.
 */
const FIELDS =
  /instr(?:="|Text(?<=<w:instrText)[^>]{0,60}>)\s*(?:(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|SAVEDATE|PRINTDATE|DOCPROPERTY|SYMBOL|AUTONUM\w*|SEQ|REF|PAGEREF)\b|I(?=<))|fldCharType="begin"(?:(?!fldCharType=)[\s\S]){0,2000}?fldCharType="begin"|fldLock="(?<=\sw:fldLock=")(?:1|true|on)"/gi

/** The same fields in RTF and DOC, as `withFieldNames` converts them; locked fields of DOC are not detected. */
const OLD_FIELDS = new RegExp(
  `${OLD_INSTRUCTION}(?:=|(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|INFO|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|SAVEDATE|PRINTDATE|SYMBOL|SEQ|EQ|QUOTE|INCLUDETEXT|REF|PAGEREF|NOTEREF)[\\s}])|\\\\fldlock\\b`,
  'gi',
)

/** Excel formulas that print the workbook's path. */
const FILE_NAME_FORMULAS = new RegExp(ASKS_FILE_NAME, 'gi')

const SIGNS = { word: ['instr', 'fldCha', 'Lock="'], old: ['\\fld'], sheet: ['CELL(', 'cell(', 'Cell('] }

/** Finds, piece by piece, whether a part has such fields or formulas. */
export function keptFieldsNoter(flags: Flags, kind: 'word' | 'old' | 'sheet') {
  const search = new PieceSearch(
    { word: FIELDS, old: OLD_FIELDS, sheet: FILE_NAME_FORMULAS }[kind],
    LONGEST,
    SIGNS[kind],
  )
  return (piece: string) => {
    if (!flags.keptFields && search.isIn(piece)) flags.keptFields = true
  }
}

/** The pattern begins with rare characters: matching further at each `<` takes several times as long. */
const INSERTED = /altChunk\s(?<=<(?:\w+:)?altChunk\s)/g
const FALLBACKS = /<a14:m[\s>]|contentPart\s(?<=<(?:\w+:)?contentPart\s)/g

/** Counts the files that a Word document inserts whole (altChunk). */
export function insertedFilesNoter(flags: Flags) {
  return countingNoter(INSERTED, ['Chunk'], () => {
    flags.insertedFiles = (flags.insertedFiles ?? 0) + 1
  })
}

/** Counts PowerPoint content in two forms where LibreOffice chooses the newer one and does not draw it. */
export function fallbacksNoter(flags: Flags) {
  return countingNoter(FALLBACKS, ['a14:m', 'tentP'], () => {
    flags.fallbacks = (flags.fallbacks ?? 0) + 1
  })
}

function countingNoter(pattern: RegExp, signs: readonly string[], count: () => void) {
  const search = new PieceSearch(pattern, LONGEST, signs)
  return (piece: string) => {
    for (const _ of search.matches(piece)) count()
  }
}
