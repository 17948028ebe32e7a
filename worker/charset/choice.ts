/**
 * Chooses the character set of a text: a proven one, then the option, then the page's declaration, then the likeliest.
 */

import type { WideText } from '#lib/scan/wide-text.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Charset } from '#lib/vocabulary/formats.ts'
import { type Note, note } from '#lib/vocabulary/notes.ts'
import type { Surveyed } from './byte-survey.ts'
import { decode, type Encoding } from './codec.ts'
import type { Declared } from './declared.ts'
import { guess } from './guess.ts'

export interface Evidence {
  /** A text in UTF-16 or UTF-32. */
  wide: WideText | undefined
  /** A byte order mark of UTF-8. */
  isMarked: boolean
  declared: Declared | undefined
  surveyed: Surveyed
}

export interface Choice {
  encoding: Encoding
  /** Notes for the report. */
  notes: Note[]
}

/** If there are this many times more valid characters, invalid bytes count as single damaged ones. */
const GOOD_FOR_BAD = 4
/** More multi-byte characters than occur by chance. */
const PROOF_OF_UTF8 = 2
/** If more than one in this many characters is invalid, it is another character set. */
const WRONG_PART = 10
/** Of a hundred guesses above this certainty, one was wrong, with texts of a few words. */
const CERTAIN = 0.95
const PERCENT = 100

/** Chooses the character set. @throws AppError `wrong_charset` where the option cannot be right */
export function choose(evidence: Evidence, stated: Charset | undefined): Choice {
  if (stated !== undefined) return { encoding: obeyed(evidence, stated), notes: [] }
  const { wide, isMarked, declared, surveyed } = evidence
  if (wide) return { encoding: wide.encoding, notes: wide.isMarked ? [] : [taken(wide.encoding, 1)] }
  if (isMarked || (surveyed.isAscii && !surveyed.hasShifts)) return { encoding: 'utf-8', notes: [] }
  const believed = believable(declared, surveyed)
  if (believed) return { encoding: believed, notes: [] }
  const { encoding, certainty } = found(surveyed)
  if (declared) return { encoding, notes: [wronglyDeclared(declared.label, encoding)] }
  return { encoding, notes: encoding === 'utf-8' ? [] : [taken(encoding, certainty)] }
}

/** The character set of the option. @throws AppError `wrong_charset` where it cannot be right */
function obeyed({ wide, isMarked, surveyed }: Evidence, stated: Charset): Encoding {
  const isWide = stated === 'utf-16' || stated === 'utf-32'
  if (isWide && wide?.encoding.startsWith(stated)) return wide.encoding
  const isWrong =
    (wide?.isMarked ?? false) || (isMarked && stated !== 'utf-8') || (stated === 'utf-8' && !isUtf8(surveyed))
  if (isWrong) throw new AppError('wrong_charset', { details: { charset: stated, option: 'charset' } })
  return isWide ? `${stated}le` : stated
}

function isUtf8({ isAscii, utf8Letters, notUtf8 }: Surveyed): boolean {
  return isAscii || utf8Letters >= notUtf8 * GOOD_FOR_BAD
}

/** The page's declaration, unless it is proven wrong. */
function believable(declared: Declared | undefined, surveyed: Surveyed): Encoding | undefined {
  const encoding = declared?.encoding
  if (encoding === undefined) return undefined
  if (encoding === 'utf-8') return isUtf8(surveyed) ? encoding : undefined
  if (surveyed.notUtf8 === 0 && surveyed.utf8Letters >= PROOF_OF_UTF8) return undefined
  const text = decode(surveyed.sample, encoding).replace(/[\0-\x7f]+/g, '')
  const wrong = text.split('\ufffd').length - 1
  return wrong * WRONG_PART > text.length ? undefined : encoding
}

function found(surveyed: Surveyed): { encoding: Encoding; certainty: number } {
  if (surveyed.isAscii && surveyed.hasShifts) return { encoding: 'iso-2022-jp', certainty: 1 }
  if (isUtf8(surveyed)) return { encoding: 'utf-8', certainty: 1 }
  return guess(surveyed.sample)
}

/** At most 99, because it is a guess. */
function taken(encoding: Encoding, certainty: number): Note {
  const percent = Math.min(PERCENT - 1, Math.floor(certainty * PERCENT))
  return note(certainty >= CERTAIN ? 'charset_found' : 'charset_uncertain', {
    details: { charset: charsetOf(encoding), certainty: percent },
  })
}

function wronglyDeclared(declared: string, encoding: Encoding): Note {
  return note('charset_wrongly_declared', { details: { declared, charset: charsetOf(encoding) } })
}

/** The character set's common name. */
export function charsetOf(encoding: Encoding): string {
  return encoding.replace(/^(utf-(?:16|32))(le|be)$/, '$1')
}
