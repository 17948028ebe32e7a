/** Whether a document has Chinese, Japanese or Korean text, and whether that is Korean. */
import { isAscii } from 'node:buffer'
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

/** The first bytes of characters in UTF-8, as far as these tell: Hangul, kana, and all of the three scripts. */
const HANGUL = /[\xeb\xec]|\xea[\xb0-\xbf]|\xed[\x80-\x9e]/
const KANA = /\xe3[\x81-\x83]/
const ASIAN = /[\xe3-\xed]/
const WORD_TEXT = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$/i
const WORD_STYLES = /^word\/styles\.xml$/i
const LONGEST_STYLE = 4000
/** What paragraphs without a style have: the style for them, or what all begin with. */
const DEFAULTS = new RegExp(
  `<w:style\\b(?=[^>]*w:type="paragraph")(?=[^>]*w:default="(?:1|true|on)")[^]{0,${LONGEST_STYLE}}?</w:style>|<w:pPrDefault>[^]{0,${LONGEST_STYLE}}?</w:pPrDefault>`,
  'g',
)
const NO_GAP = /<w:autoSpaceD[EN]\s+w:val="(?:0|false|off)"/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i

/** Reads the parts with the text of a document of Word or PowerPoint piece by piece. Undefined for any other part. */
export function asianTextNoter(
  name: string,
  flags: Flags,
): ((piece: string, letters: Buffer) => void) | undefined {
  if (SLIDE.test(name))
    return (piece, letters) => {
      if (!flags.asian && !isAscii(letters) && ASIAN.test(piece)) flags.asian = 'other'
    }
  if (WORD_STYLES.test(name)) return gapsNoter(flags)
  if (!WORD_TEXT.test(name)) return undefined
  return (piece, letters) => {
    // Most texts have none of the three.
    if (flags.asian === 'other' || isAscii(letters) || !ASIAN.test(piece)) return
    if (KANA.test(piece)) flags.asian = 'other'
    else if (!flags.asian && HANGUL.test(piece)) flags.asian = 'korean'
  }
}

/** Whether a document of Word wants a gap between Asian characters and letters or digits, where it says so. */
function gapsNoter(flags: Flags): (piece: string) => void {
  const defaults = new PieceSearch(DEFAULTS, 2 * LONGEST_STYLE)
  return piece => {
    for (const [found] of defaults.matches(piece)) {
      if (NO_GAP.test(found)) flags.asianGaps = false
      else if (found.startsWith('<w:style')) flags.asianGaps ??= true
    }
  }
}

const KOREAN_RTF = /\\(?:(?:def)?lang(?:fe)?(?:np)?1042(?!\d)|(?<gaps>aspalpha|aspnum)(?![\da-z]))/g
const LONGEST_WORD = 20

/** Reads rich text piece by piece for text that is marked as Korean, and for gaps, which it has only where it says so. */
export function koreanRtfNoter(flags: Flags): (piece: string) => void {
  const marks = new PieceSearch(KOREAN_RTF, LONGEST_WORD)
  return piece => {
    for (const { groups } of marks.matches(piece)) {
      if (groups?.gaps) flags.asianGaps = true
      else flags.asian = 'korean'
    }
  }
}
