import { ASKS_FILE_NAME, OLD_INSTRUCTION } from './field-finder.ts'
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 2500
/**
 * Fields that LibreOffice may not print as Word kept them: by the word that they begin with, which may be cut in two,
 * those with another field in their instruction, and those that are locked. Each begins with what is rare.
 */
const FIELDS =
  /instr(?:="|Text(?<=<w:instrText)[^>]{0,60}>)\s*(?:(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|SAVEDATE|PRINTDATE|DOCPROPERTY|SYMBOL|AUTONUM\w*|SEQ|REF|PAGEREF)\b|I(?=<))|fldCharType="begin"(?:(?!fldCharType=)[\s\S]){0,2000}?fldCharType="begin"|fldLock="(?<=\sw:fldLock=")(?:1|true|on)"/gi

/** Such fields of RTF and DOC, as `withFieldNames` shows them; that a DOC locks one is not looked for. */
const OLD_FIELDS = new RegExp(
  `${OLD_INSTRUCTION}(?:=|(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|INFO|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|SAVEDATE|PRINTDATE|SYMBOL|SEQ|EQ|QUOTE|INCLUDETEXT|REF|PAGEREF|NOTEREF)[\\s}])|\\\\fldlock\\b`,
  'gi',
)

/** Formulas of Excel that tell where the workbook lies. */
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

/** They begin with what is rare: at each `<` to look for more takes several times as long. */
const INSERTED = /altChunk\s(?<=<(?:\w+:)?altChunk\s)/g
const FALLBACKS = /<a14:m[\s>]|contentPart\s(?<=<(?:\w+:)?contentPart\s)/g

/** Counts files that stand in a Word document as they came. */
export function insertedFilesNoter(flags: Flags) {
  return countingNoter(INSERTED, ['Chunk'], () => {
    flags.insertedFiles = (flags.insertedFiles ?? 0) + 1
  })
}

/** Counts what PowerPoint has in two forms, of which LibreOffice does not draw the newer one that it takes. */
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
