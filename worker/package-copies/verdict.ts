import type { Field } from './field-reader.ts'

/**
 * What a field becomes: its result (`kept`), nothing (`hidden`), the text of its instruction (`words`), or itself with
 * text in place of the fields in its instruction (`plain`).
 */
export type Verdict = 'kept' | 'hidden' | 'words' | 'plain'

/** A field that refers to a bookmark: its result is kept where LibreOffice would not find the bookmark. */
export interface Reference {
  place: string
  /** Whether the bookmark's text is printed, and not its page or number. */
  showsText: boolean
}

/** A counting field. If LibreOffice does not understand one of a sequence, it counts all later ones wrong. */
export interface Counted {
  sequence: string
  isUnderstood: boolean
  verdict: Verdict
}

/** LibreOffice prints nothing for these, or its own value, or an extra sign. */
const NOT_PRINTED =
  /^(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|DOCPROPERTY|SYMBOL|AUTONUM(?:LGL|OUT)?)$/
/** Their stored results are in the language and time zone of the last editor. */
const FILE_DATES = /^(?:SAVEDATE|PRINTDATE)$/
/** LibreOffice makes its own lists and forms of these. */
const LIVE = /^(?:TOC|INDEX|BIBLIOGRAPHY|TOA|RD|XE|TC|TA|FORM(?:TEXT|CHECKBOX|DROPDOWN))$/
/** Number formats that LibreOffice also knows. */
const USUAL_NUMBER = /\\\*\s*(?:arabic|roman|alphabetic|mergeformat)\b/gi

/**
 * The verdict on a completely read field; undefined where LibreOffice prints it correctly. LibreOffice may have to
 * rewrite file dates.
 */
export function verdictOf(
  field: Field,
  { writesFileDates = false } = {},
): Verdict | Reference | Counted | undefined {
  const [, word = '', rest = ''] = /^\s*([a-z]+|=)([\s\S]*)$/i.exec(field.instruction) ?? []
  const name = word.toUpperCase()
  if (LIVE.test(name)) return undefined
  if (field.isComposed) return ofComposed(name, field.hasResult)
  if (name === 'SEQ') return countedIn(rest)
  if (name === 'IF') return 'kept'
  if (!field.hasResult || name === 'HYPERLINK') return undefined
  if (field.isLocked || NOT_PRINTED.test(name)) return 'kept'
  if (FILE_DATES.test(name)) return writesFileDates ? undefined : 'kept'
  return name === 'REF' || name === 'PAGEREF' ? referenceIn(name, rest) : undefined
}

/** LibreOffice prints the results of fields in an instruction beside the result of the whole. */
function ofComposed(name: string, hasResult: boolean): Verdict {
  if (name === 'HYPERLINK') return 'plain'
  if (name === 'MACROBUTTON') return hasResult ? 'kept' : 'words'
  return name === 'SET' || name === 'ASK' ? 'hidden' : 'kept'
}

function countedIn(rest: string): Counted {
  const [, sequence = ''] = /^\s*"?([^\s"\\]+)/.exec(rest) ?? []
  const isUnderstood = !rest.replace(USUAL_NUMBER, '').includes('\\')
  return { sequence: sequence.toLowerCase(), isUnderstood, verdict: /\\h\b/i.test(rest) ? 'hidden' : 'kept' }
}

function referenceIn(name: string, rest: string): Reference {
  const place = /^\s*"?([^\s"\\]+)/.exec(rest)?.[1] ?? ''
  return { place, showsText: name === 'REF' && !/\\[nrwp]\b/i.test(rest) }
}
