import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from './engine.ts'

/** LibreOffice ends lines after any syllable of this, and chooses fonts for it as for Korean. */
export const PARTED_HANGUL = 'ko-Hang-KR'

/** Whether lines are to end after any syllable of Hangul. */
export const partsHangul = (conversion: Conversion) =>
  conversion.hangulParted === 'everywhere' && mayPartHangul(conversion)

/** It is done by a language, which an office document would carry on. */
export const mayPartHangul = ({ target }: Conversion) => PDF_TARGETS.includes(target)

export interface KoreanText {
  /** Lines may end after any syllable, and some text may say that it is Korean. */
  isParted: boolean
  isWord: boolean
}

/** What is to be changed in a package of Office with Korean text; undefined where nothing is. */
export function koreanTextOf(conversion: Conversion): KoreanText | undefined {
  if (!conversion.hangulParted || !mayPartHangul(conversion)) return undefined
  const isWord = conversion.format.startsWith('do')
  const isParted = partsHangul(conversion) && (isWord || conversion.marksKorean === true)
  return isParted || isWord ? { isParted, isWord } : undefined
}
