/** What each setting is for, in the language of the page. English is what `lib/config/variables.ts` and the README say. */
import type { DescribedSetting, SettingName } from '#lib/config/described-settings.ts'
import type { PageLanguage } from '../../page-language.ts'
import { AR_SETTINGS } from './ar-settings.ts'
import { DE_SETTINGS } from './de-settings.ts'
import { ZH_SETTINGS } from './zh-settings.ts'

/** The compiler finds a setting that a language lacks. */
const TRANSLATED: Readonly<Record<Exclude<PageLanguage, 'en'>, Readonly<Record<SettingName, string>>>> = {
  de: DE_SETTINGS,
  zh: ZH_SETTINGS,
  ar: AR_SETTINGS,
}

/** The sentence as plain text. */
export function settingSentence(language: PageLanguage, { name, sentence }: DescribedSetting): string {
  return language === 'en' ? sentence.replaceAll('`', '') : TRANSLATED[language][name]
}
