import type { VocabularyTexts } from './vocabulary-texts.ts'
import { ZH_ERRORS } from './zh-errors.ts'
import { ZH_NAMES } from './zh-names.ts'
import { ZH_NOT_DRAWN, ZH_NOTES } from './zh-notes.ts'

/** The words of `lib/vocabulary` in Chinese. */
export const ZH_VOCABULARY: VocabularyTexts = {
  sentences: {
    errors: ZH_ERRORS,
    notes: ZH_NOTES,
    notDrawn: ZH_NOT_DRAWN,
    other: {
      aboutPart: '“{part}”：{message}',
      validNumber: '从 {min} 到 {max} 的整数',
      validSwitch: '开或关',
      validChoice: '所提供的值之一',
    },
  },
  names: ZH_NAMES,
}
