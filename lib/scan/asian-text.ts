/** Detects Chinese, Japanese and Korean text in a document, and whether it is Korean. */
import { isAscii } from 'node:buffer'
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

/**
 * The first bytes of characters in UTF-8, as far as they identify the script: Hangul, kana, and all of the three
 * scripts.
 */
const HANGUL = /[\xeb\xec]|\xea[\xb0-\xbf]|\xed[\x80-\x9e]/
const KANA = /\xe3[\x81-\x83]/
const ASIAN = /[\xe3-\xed]/
const WORD_TEXT = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$/i
const WORD_SETTINGS = /^word\/settings\.xml$/i
const TABS = /<w:defaultTabStop\s/g
const WORD_STYLES = /^word\/styles\.xml$/i
const LONGEST_STYLE = 4000
/** The formatting of paragraphs without a style: the default style, or the document defaults. */
const DEFAULTS = new RegExp(
  `<w:style\\b(?=[^>]*w:type="paragraph")(?=[^>]*w:default="(?:1|true|on)")[^]{0,${LONGEST_STYLE}}?</w:style>|<w:pPrDefault>[^]{0,${LONGEST_STYLE}}?</w:pPrDefault>`,
  'g',
)
const NO_GAP = /<w:autoSpaceD[EN]\s+w:val="(?:0|false|off)"/
/** Word breaks lines inside words of Hangul, as the style of Korean Word sets it. */
const PARTED = /<w:wordWrap\s+w:val="(?:0|false|off)"/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i
/** PowerPoint keeps words of Hangul whole. */
const WHOLE = /\seaLnBrk="(?:0|false)"/g
const IS_KOREAN = /\s(?:lang|w:eastAsia)="ko(?:-KR)?"/g
const LONGEST_MARK = 40

/** Reads the text parts of a Word or PowerPoint document piece by piece. Undefined for any other part. */
export function asianTextNoter(
  name: string,
  flags: Flags,
): ((piece: string, letters: Buffer) => void) | undefined {
  if (WORD_STYLES.test(name)) return defaultsNoter(flags)
  if (WORD_SETTINGS.test(name)) return tabsNoter(flags)
  const isSlide = SLIDE.test(name)
  if (!isSlide && !WORD_TEXT.test(name)) return undefined
  const korean = new PieceSearch(IS_KOREAN, LONGEST_MARK)
  const whole = new PieceSearch(WHOLE, LONGEST_MARK, ['eaLnBrk'])
  return (piece, letters) => {
    // Most texts contain none of the three scripts.
    if (flags.asian !== 'other' && !isAscii(letters) && ASIAN.test(piece)) {
      noteScript(piece, flags)
      if (isSlide) flags.asian ??= 'other'
    }
    if (!isSlide || flags.asian !== 'korean') return
    if (!flags.marksKorean && korean.isIn(piece)) flags.marksKorean = true
    if (!flags.hangulWhole && whole.isIn(piece)) flags.hangulWhole = true
  }
}

function noteScript(piece: string, flags: Flags): void {
  if (KANA.test(piece)) flags.asian = 'other'
  else if (!flags.asian && HANGUL.test(piece)) flags.asian = 'korean'
}

/**
 * Reads whether a Word document sets a gap between Asian characters and letters or digits, and whole words of Hangul.
 */
function defaultsNoter(flags: Flags): (piece: string) => void {
  const defaults = new PieceSearch(DEFAULTS, 2 * LONGEST_STYLE)
  return piece => {
    for (const [found] of defaults.matches(piece)) {
      const isStyle = found.startsWith('<w:style')
      if (NO_GAP.test(found)) flags.asianGaps = false
      else if (isStyle) flags.asianGaps ??= true
      if (PARTED.test(found)) flags.hangulWhole = false
      else if (isStyle) flags.hangulWhole ??= true
    }
  }
}

function tabsNoter(flags: Flags): (piece: string) => void {
  const tabs = new PieceSearch(TABS, LONGEST_MARK)
  return piece => {
    if (tabs.isIn(piece)) flags.tabDistance = true
  }
}

const KOREAN_RTF = /\\(?:(?:def)?lang(?:fe)?(?:np)?1042(?!\d)|(?<gaps>aspalpha|aspnum)(?![\da-z]))/g
const LONGEST_WORD = 20

/** Reads rich text piece by piece for text that is marked as Korean and for the gap setting. */
export function koreanRtfNoter(flags: Flags): (piece: string) => void {
  const marks = new PieceSearch(KOREAN_RTF, LONGEST_WORD)
  return piece => {
    for (const { groups } of marks.matches(piece)) {
      if (groups?.gaps) flags.asianGaps = true
      else flags.asian = 'korean'
    }
  }
}
