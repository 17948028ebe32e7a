/** What the page says, in one language. Pure; the views take it as an argument. */
import { createTranslator } from 'use-intl/core'
import type { PageLanguage } from '../../page-language.ts'
import type { EN } from './en.ts'
import type { VocabularyNames } from './vocabulary-texts.ts'

type Subjects = typeof EN

/** The messages of a language: those of the English page, by the same names. */
export type Messages = { readonly [S in keyof Subjects]: { readonly [N in keyof Subjects[S]]: string } }

export type MessageKey = {
  [S in keyof Subjects & string]: `${S}.${keyof Subjects[S] & string}`
}[keyof Subjects & string]

export type Values = Readonly<Record<string, string | number>>

/** All that the page needs of one language. The messages are ICU texts, or made of them by `icu-minify/compile`. */
export interface Catalogue {
  language: PageLanguage
  messages: object
  /** Null in English, which `lib/vocabulary` speaks. */
  names: VocabularyNames | null
}

export interface Texts {
  language: PageLanguage
  /** A text of the page. */
  t(key: MessageKey, values?: Values): string
  /** A sentence of the vocabulary, such as `errors.too_large.message`; null in English, and where there is none. */
  sentence(key: string, values?: Values): string | null
  number(value: number, digits?: number): string
  /** `9 Nov 2026`, in UTC, of an ISO 8601 time; on one line. */
  day(at: string): string
  /** `a, b and c`, or with “or”. */
  list(members: readonly string[], type?: 'conjunction' | 'disjunction'): string
  /** Null in English, which `lib/vocabulary` speaks. */
  names: VocabularyNames | null
}

/** Numbers of the server and of file names have Latin digits, so all have; its English is British, as in “a, b and c”. */
export const LOCALES: Record<PageLanguage, string> = {
  en: 'en-GB',
  de: 'de',
  zh: 'zh-Hans',
  ar: 'ar-u-nu-latn',
}

/** The texts of a language. */
export function createTexts({ language, messages, names }: Catalogue): Texts {
  const locale = LOCALES[language]
  const translate = createTranslator({
    locale,
    messages: messages as Record<string, never>,
    timeZone: 'UTC',
    onError: error => {
      throw error
    },
  }) as ((key: string, values?: Values) => string) & { has(key: string): boolean }
  const numbers = [0, 1].map(digits => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }))
  return {
    language,
    names,
    t: translate,
    sentence: (key, values) => (translate.has(key) ? translate(key, values) : null),
    number: (value, digits = 0) => numbers[digits]?.format(value) ?? String(value),
    day: at =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
        .format(new Date(at))
        .replaceAll(' ', '\u00a0'),
    list: (members, type = 'conjunction') => new Intl.ListFormat(locale, { type }).format(members),
  }
}
