/** The texts of all languages, for the server: a browser gets those of its own with the page. */
import compile from 'icu-minify/compile'
import type { PageLanguage } from '../../page-language.ts'
import { AR } from './ar.ts'
import { AR_VOCABULARY } from './ar-vocabulary.ts'
import { DE } from './de.ts'
import { DE_VOCABULARY } from './de-vocabulary.ts'
import { EN } from './en.ts'
import { type Catalogue, createTexts, type Messages, type Texts } from './texts.ts'
import type { VocabularyTexts } from './vocabulary-texts.ts'
import { ZH } from './zh.ts'
import { ZH_VOCABULARY } from './zh-vocabulary.ts'

/** The texts of one language as they are written. */
export interface Translation {
  messages: Messages
  vocabulary: VocabularyTexts | null
}

export const TRANSLATIONS: Readonly<Record<PageLanguage, Translation>> = {
  en: { messages: EN, vocabulary: null },
  de: { messages: DE, vocabulary: DE_VOCABULARY },
  zh: { messages: ZH, vocabulary: ZH_VOCABULARY },
  ar: { messages: AR, vocabulary: AR_VOCABULARY },
}

/** The texts of a language, its messages compiled: the build of the pages has no parser (see `next.config.js`). */
export const catalogueOf = onceFor(compiled)

/** The same as JSON, for a browser. */
export const catalogueJsonOf = onceFor(language => JSON.stringify(catalogueOf(language)))

/** The same ready to use on the server. */
export const textsOf = onceFor((language): Texts => createTexts(catalogueOf(language)))

/** Makes what a language has once, when it is first asked for. */
export function onceFor<Made>(make: (language: PageLanguage) => Made): (language: PageLanguage) => Made {
  const all = new Map<PageLanguage, Made>()
  return language => {
    const made = all.get(language) ?? make(language)
    all.set(language, made)
    return made
  }
}

function compiled(language: PageLanguage): Catalogue {
  const { messages: page, vocabulary } = TRANSLATIONS[language]
  const messages = compiledTexts({ ...page, ...vocabulary?.sentences })
  return { language, messages, names: vocabulary?.names ?? null }
}

/** A tree of ICU messages, compiled. */
export function compiledTexts(tree: object): object {
  // The compiler's objects have no prototype, and such do not reach a browser.
  return JSON.parse(JSON.stringify(compiledTree(tree)))
}

function compiledTree(tree: object): object {
  return Object.fromEntries(
    Object.entries(tree).map(([name, member]) => [
      name,
      typeof member === 'string' ? compile(member) : compiledTree(member),
    ]),
  )
}
