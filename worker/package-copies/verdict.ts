import type { Field } from './field-reader.ts'

/**
 * What becomes of a field: its result alone (`kept`), nothing (`hidden`), the words of its instruction (`words`), or
 * itself with words in place of the fields in its instruction (`plain`).
 */
export type Verdict = 'kept' | 'hidden' | 'words' | 'plain'

/** A field that refers to a place: its result is kept where LibreOffice would not find the place. */
export interface Reference {
  place: string
  /** Whether the text of that place is printed, and not its page or number. */
  showsText: boolean
}

/** A field that counts on. Where LibreOffice does not understand one of a sequence, it counts all that follow wrong. */
export interface Counted {
  sequence: string
  isUnderstood: boolean
  verdict: Verdict
}

/** LibreOffice prints nothing for these, or what it knows itself, or a sign beside the result. */
const NOT_PRINTED =
  /^(?:IF|TITLE|SUBJECT|KEYWORDS|COMMENTS|TEMPLATE|EDITTIME|REVNUM|NUMWORDS|NUMCHARS|DOCPROPERTY|SYMBOL|AUTONUM(?:LGL|OUT)?)$/
/** What was kept of them is in the language and the time zone of the one who kept it. */
const FILE_DATES = /^(?:SAVEDATE|PRINTDATE)$/
/** Where these stand, LibreOffice makes something of its own: lists and forms. */
const LIVE = /^(?:TOC|INDEX|BIBLIOGRAPHY|TOA|RD|XE|TC|TA|FORM(?:TEXT|CHECKBOX|DROPDOWN))$/
/** Forms of a number that LibreOffice knows too. */
const USUAL_NUMBER = /\\\*\s*(?:arabic|roman|alphabetic|mergeformat)\b/gi

/**
 * What is to become of a field that has been read to its end; undefined where LibreOffice prints it well. File dates
 * may be for it to write anew.
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

/** LibreOffice prints the results of fields in an instruction beside that of the whole. */
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
