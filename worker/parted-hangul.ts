import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from './engine.ts'

/** LibreOffice breaks lines after any syllable in this language, and chooses fonts for it as for Korean. */
export const PARTED_HANGUL = 'ko-Hang-KR'

/** Whether lines may end after any syllable of Hangul. */
export const partsHangul = (conversion: Conversion) =>
  conversion.hangulParted === 'everywhere' && mayPartHangul(conversion)

/** It works by a language, which an office document would store. */
export const mayPartHangul = ({ target }: Conversion) => PDF_TARGETS.includes(target)

export interface KoreanText {
  /** Lines may end after any syllable, and some text may be marked as Korean. */
  isParted: boolean
  isWord: boolean
}

/** The changes for Korean text in an Office package; undefined where there are none. */
export function koreanTextOf(conversion: Conversion): KoreanText | undefined {
  if (!conversion.hangulParted || !mayPartHangul(conversion)) return undefined
  const isWord = conversion.format.startsWith('do')
  const isParted = partsHangul(conversion) && (isWord || conversion.marksKorean === true)
  return isParted || isWord ? { isParted, isWord } : undefined
}
