/**
 * Where lines of Hangul may end. LibreOffice keeps words whole where their language is Korean, Japanese or Chinese, and
 * breaks them after any syllable in a language without its own rules, such as the variant “Korean in Hangul”. Fonts are
 * chosen for that variant as for Korean.
 */
import { PARTED_HANGUL } from '#worker/parted-hangul.ts'
import { setPresentationStyles } from './asian-gaps.ts'
import { localeStruct } from './locale-struct.ts'
import { createInstance, getByName, getStyleFamilies } from './methods.ts'
import { getProperty, setProperties, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoStruct } from './values.ts'

const WITH_RULES = ['ko', 'ja', 'zh']
const asianLocale = (tag: string) => ({ CharLocaleAsian: any('com.sun.star.lang.Locale', localeStruct(tag)) })
const PARTED = asianLocale(PARTED_HANGUL)
const WHOLE = asianLocale('ko-KR')

/** After any syllable, except in text with its own language. */
export async function partWordsInText(text: RemoteObject, session: UnoSession): Promise<void> {
  await onDefaults(text, session, all => setProperties(all, PARTED, session))
}

/** The same in paragraphs without a style of their own, and between words in all others. */
export async function partWordsWithoutStyle(text: RemoteObject, session: UnoSession): Promise<void> {
  await keepWordsInText(text, session)
  await withObject(session, await text.call(getStyleFamilies, [], session.signal), async families =>
    withObject(
      session,
      referenceIn(await families.call(getByName, ['ParagraphStyles'], session.signal)),
      async family =>
        withObject(
          session,
          referenceIn(await family.call(getByName, ['Standard'], session.signal)),
          async style => {
            await setProperties(style, PARTED, session)
            return null
          },
        ),
    ),
  )
}

/** Between words, also where the text has a language without such characters. */
export async function keepWordsInText(text: RemoteObject, session: UnoSession): Promise<void> {
  await onDefaults(text, session, async all => {
    const { Language } = (await getProperty(all, 'CharLocaleAsian', session)) as UnoStruct
    if (!WITH_RULES.includes(String(Language))) await setProperties(all, WHOLE, session)
  })
}

/** After any syllable, on slides. */
export function partWordsOnSlides(deck: RemoteObject, session: UnoSession): Promise<void> {
  return setPresentationStyles(deck, PARTED, session)
}

async function onDefaults(
  text: RemoteObject,
  session: UnoSession,
  step: (defaults: RemoteObject) => Promise<void>,
): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], session.signal)
  await withObject(session, defaults, async all => {
    await step(all)
    return null
  })
}
