/** Hangul whose lines may end after any syllable, in text that says itself that it is Korean. */
import { PARTED_HANGUL } from '#worker/parted-hangul.ts'
import { rewritten } from './markup.ts'
import type { Change, Package } from './package.ts'

const HAS_TEXT =
  /^(?:word\/(?:document|styles|(?:header|footer)\d*|footnotes|endnotes)|ppt\/(?:slides|slideLayouts|slideMasters|diagrams)\/[^/]+|ppt\/presentation)\.xml$/i
/** Of runs and of what they follow. */
const MAY_SAY_LANGUAGE = /^(?:lang|rPr|defRPr|endParaRPr)$/
const KOREAN = /(\s(?:lang|w:eastAsia)\s*=\s*["'])ko(?:-KR)?(?=["'])/

export function koreanLanguageChanges({ names }: Package): Map<string, Change> {
  return new Map(names(HAS_TEXT).map(name => [name, parted]))
}

const parted: Change = content =>
  rewritten(content, ({ name, text }) =>
    MAY_SAY_LANGUAGE.test(name) ? text.replace(KOREAN, `$1${PARTED_HANGUL}`) : text,
  )
