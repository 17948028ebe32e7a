import { AR_ERRORS } from './ar-errors.ts'
import { AR_NAMES } from './ar-names.ts'
import { AR_NOT_DRAWN, AR_NOTES } from './ar-notes.ts'
import type { VocabularyTexts } from './vocabulary-texts.ts'

/** The words of `lib/vocabulary` in Arabic. */
export const AR_VOCABULARY: VocabularyTexts = {
  sentences: {
    errors: AR_ERRORS,
    notes: AR_NOTES,
    notDrawn: AR_NOT_DRAWN,
    other: {
      aboutPart: '«\u2068{part}\u2069»: {message}',
      validNumber: 'عدد صحيح من {min} إلى {max}',
      validSwitch: 'تشغيل أو إيقاف',
      validChoice: 'إحدى القيم المعروضة',
    },
  },
  names: AR_NAMES,
}
