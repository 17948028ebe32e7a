import type { PageLanguage } from '../../page-language.ts'

/** A subject in all languages, each with the texts of the English one by the same names. */
export type AdminSubject<T extends Readonly<Record<string, string>>> = Readonly<
  Record<PageLanguage, { readonly [K in keyof T]: string }>
>

/** Declares a subject; the compiler finds a text that a language lacks. */
export function adminSubject<const T extends Readonly<Record<string, string>>>(
  en: T,
  others: Omit<AdminSubject<T>, 'en'>,
): AdminSubject<T> {
  return { en, ...others }
}
