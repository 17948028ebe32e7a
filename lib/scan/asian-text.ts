/** Whether a document has Chinese, Japanese or Korean text, and whether that is Korean. */
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

/** The first bytes of characters in UTF-8, as far as these tell: Hangul, kana, and all of the three scripts. */
const HANGUL = /[\xeb\xec]|\xea[\xb0-\xbf]|\xed[\x80-\x9e]/
const KANA = /\xe3[\x81-\x83]/
const ASIAN = /[\xe3-\xed]/
const WORD_TEXT = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$/i
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i

/** Reads the parts with the text of a document of Word or PowerPoint piece by piece. Undefined for any other part. */
export function asianTextNoter(name: string, flags: Flags): ((piece: string) => void) | undefined {
  if (SLIDE.test(name))
    return piece => {
      if (!flags.asian && ASIAN.test(piece)) flags.asian = 'other'
    }
  if (!WORD_TEXT.test(name)) return undefined
  return piece => {
    if (flags.asian === 'other') return
    if (KANA.test(piece)) flags.asian = 'other'
    else if (!flags.asian && HANGUL.test(piece)) flags.asian = 'korean'
  }
}

const KOREAN_RTF = /\\(?:def)?lang(?:fe)?(?:np)?1042(?!\d)/g
const LONGEST_WORD = 20

/** Reads rich text piece by piece for text that is marked as Korean. */
export function koreanRtfNoter(flags: Flags): (piece: string) => void {
  const marks = new PieceSearch(KOREAN_RTF, LONGEST_WORD)
  return piece => {
    if (!flags.asian) for (const _ of marks.matches(piece)) flags.asian = 'korean'
  }
}
