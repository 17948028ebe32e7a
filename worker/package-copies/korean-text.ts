/**
 * Makes LibreOffice lay out Korean text like Office: text marked as Korean, whose lines may end after any syllable, and
 * in Word, which uses higher lines for Malgun Gothic, a stand-in font with the same line height.
 */
import { type KoreanText, PARTED_HANGUL } from '#worker/parted-hangul.ts'
import { MALGUN_NAMES, MALGUN_OF_WORD } from '#worker/stand-ins/asian.ts'
import { rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'

const HAS_TEXT =
  /^(?:word\/(?:document|styles|numbering|(?:header|footer)\d*|footnotes|endnotes|theme\/theme\d*)|ppt\/(?:slides|slideLayouts|slideMasters|diagrams)\/[^/]+|ppt\/presentation)\.xml$/i
const EMBEDDED_FONTS = /^word\/fonts\//i
/** Elements of runs and of default formatting. */
const MAY_SAY_LANGUAGE = /^(?:lang|rPr|defRPr|endParaRPr)$/
const KOREAN = /(\s(?:lang|w:eastAsia)\s*=\s*["'])ko(?:-KR)?(?=["'])/
const NAMES_FONT = /^(?:rFonts|font|latin|ea)$/
const inLatin1 = (text: string) => Buffer.from(text).toString('latin1')
const MALGUN = new RegExp(`(["'])(?:${MALGUN_NAMES.map(inLatin1).join('|')})(?=["'])`, 'g')

/** The changes to all parts with Korean text. */
export function koreanTextChanges({ names }: Package, text: KoreanText): Map<string, PartChange> {
  // A font that is embedded in the document must keep its name.
  const isRenamed = text.isWord && names(EMBEDDED_FONTS).length === 0
  if (!text.isParted && !isRenamed) return new Map()
  const write = ({ name, text: tag }: Token) => {
    if (text.isParted && MAY_SAY_LANGUAGE.test(name)) return tag.replace(KOREAN, `$1${PARTED_HANGUL}`)
    return isRenamed && NAMES_FONT.test(name) ? tag.replace(MALGUN, `$1${MALGUN_OF_WORD}`) : tag
  }
  return new Map(names(HAS_TEXT).map(name => [name, content => rewritten(content, write)]))
}
