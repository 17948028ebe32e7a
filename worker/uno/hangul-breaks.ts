/**
 * Where lines of Hangul may end. LibreOffice keeps words of it whole where their language is Korean, Japanese or Chinese,
 * and parts them after any syllable where it has no rules of its own for their language, of which Korean in Hangul alone
 * is one. Fonts are chosen for it as for Korean.
 */
import { PARTED_HANGUL } from '#worker/parted-hangul.ts'
import { setPresentationStyles } from './asian-gaps.ts'
import { localeStruct } from './locale-struct.ts'
import { createInstance, getByName, getStyleFamilies } from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoStruct } from './values.ts'
import { on, property, setProperties, type Walk } from './walk.ts'

const WITH_RULES = ['ko', 'ja', 'zh']
const asianLocale = (tag: string) => ({ CharLocaleAsian: any('com.sun.star.lang.Locale', localeStruct(tag)) })
const PARTED = asianLocale(PARTED_HANGUL)
const WHOLE = asianLocale('ko-KR')

/** After any syllable, but in text that says its own language. */
export async function partWordsInText(text: RemoteObject, walk: Walk): Promise<void> {
  await onDefaults(text, walk, all => setProperties(all, PARTED, walk))
}

/** The same in paragraphs that have no style of their own, and between words in all others. */
export async function partWordsWithoutStyle(text: RemoteObject, walk: Walk): Promise<void> {
  await keepWordsInText(text, walk)
  await on(walk, await text.call(getStyleFamilies, [], walk.signal), async families =>
    on(walk, referenceIn(await families.call(getByName, ['ParagraphStyles'], walk.signal)), async family =>
      on(walk, referenceIn(await family.call(getByName, ['Standard'], walk.signal)), async style => {
        await setProperties(style, PARTED, walk)
        return null
      }),
    ),
  )
}

/** Between words, also where the text says a language for them that has no such characters. */
export async function keepWordsInText(text: RemoteObject, walk: Walk): Promise<void> {
  await onDefaults(text, walk, async all => {
    const { Language } = (await property(all, 'CharLocaleAsian', walk)) as UnoStruct
    if (!WITH_RULES.includes(String(Language))) await setProperties(all, WHOLE, walk)
  })
}

/** After any syllable, on slides. */
export function partWordsOnSlides(deck: RemoteObject, walk: Walk): Promise<void> {
  return setPresentationStyles(deck, PARTED, walk)
}

async function onDefaults(
  text: RemoteObject,
  walk: Walk,
  step: (defaults: RemoteObject) => Promise<void>,
): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], walk.signal)
  await on(walk, defaults, async all => {
    await step(all)
    return null
  })
}
