import { PDF_TARGETS } from '#lib/formats.ts'
import type { Conversion } from './engine.ts'

/** LibreOffice ends lines after any syllable of this, and chooses fonts for it as for Korean. */
export const PARTED_HANGUL = 'ko-Hang-KR'

/** Whether lines are to end after any syllable of Hangul. */
export const partsHangul = (conversion: Conversion) =>
  conversion.hangulParted === 'everywhere' && mayPartHangul(conversion)

/** It is done by a language, which an office document would carry on. */
export const mayPartHangul = ({ target }: Conversion) => PDF_TARGETS.includes(target)
