/** The languages of the page, and which of them a request asks for. */
import { parseCookie } from 'cookie'
import { parseAccept } from 'hono/utils/accept'

/** Each with its name in itself, and the direction in which it is written. */
export const PAGE_LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  zh: { name: '中文', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
} as const

export type PageLanguage = keyof typeof PAGE_LANGUAGES

export const LANGUAGE_COOKIE = 'nightshift_language'

/** Whether the page speaks it. */
export function isPageLanguage(tag: string | null | undefined): tag is PageLanguage {
  return typeof tag === 'string' && Object.hasOwn(PAGE_LANGUAGES, tag)
}

/** The language that was chosen on the page, else the first of Accept-Language that the page speaks, else English. */
export function pageLanguageOf(cookie: string, acceptLanguage: string | null): PageLanguage {
  const chosen = parseCookie(cookie)[LANGUAGE_COOKIE]
  if (isPageLanguage(chosen)) return chosen
  const wanted = parseAccept(acceptLanguage ?? '').filter(({ q }) => q > 0)
  return wanted.map(({ type }) => type.toLowerCase().split('-')[0]).find(isPageLanguage) ?? 'en'
}
