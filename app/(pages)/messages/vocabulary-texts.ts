/** What a language other than English needs for the words of `lib/vocabulary`, by the same codes and names. */
import type { ErrorCode } from '#lib/vocabulary/errors.ts'
import type { NotDrawnKind } from '#lib/vocabulary/notes/not-drawn-notes.ts'
import type { NoteCode } from '#lib/vocabulary/notes.ts'

/** Kinds of files, as `lib/scan/other-kinds.ts` names them, for which an error has a next step of its own. */
export const ARCHIVES = ['zip', 'gzip', 'xz', 'sevenZip', 'rar', 'tar'] as const
export const PICTURES_ELSEWHERE = ['heic', 'avif', 'photoshop', 'icon'] as const

/** ICU messages. They know the details of the English sentences, with the names in them translated. */
export interface VocabularySentences {
  errors: Record<ErrorCode, { message: string; nextStep: string }>
  /** `package` is `none` in a note without one. */
  notes: Record<NoteCode, { message: string; nextStep?: string }>
  notDrawn: Record<NotDrawnKind, string>
  other: {
    /** What an error of a merge says of the file `part`. */
    aboutPart: string
    /** What a number has to be. */
    validNumber: string
    validSwitch: string
    validChoice: string
  }
}

/** Plain texts by the names of the API. A test checks that none is missing. */
export interface VocabularyNames {
  options: Readonly<Record<string, { label: string; sentence: string; valid?: string }>>
  choices: Readonly<Record<string, string>>
  /** By the title of the group in `formats/charsets.ts`. */
  charsetGroups: Readonly<Record<string, string>>
  /** Names in the middle of a sentence, and what each is useful for. */
  targets: Readonly<Record<string, { name: string; sentence: string }>>
  /** Without articles. */
  sources: Readonly<Record<string, string>>
  presets: Readonly<Record<string, { name: string; sentence: string }>>
}

export interface VocabularyTexts {
  sentences: VocabularySentences
  names: VocabularyNames
}
