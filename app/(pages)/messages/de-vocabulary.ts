import { DE_ERRORS } from './de-errors.ts'
import { DE_NAMES } from './de-names.ts'
import { DE_NOT_DRAWN, DE_NOTES } from './de-notes.ts'
import type { VocabularyTexts } from './vocabulary-texts.ts'

/** The words of `lib/vocabulary` in German. */
export const DE_VOCABULARY: VocabularyTexts = {
  sentences: {
    errors: DE_ERRORS,
    notes: DE_NOTES,
    notDrawn: DE_NOT_DRAWN,
    other: {
      aboutPart: '„{part}“: {message}',
      validNumber: 'eine ganze Zahl von {min} bis {max}',
      validSwitch: 'an oder aus',
      validChoice: 'einer der angebotenen Werte',
    },
  },
  names: DE_NAMES,
}
