import { localeStruct } from './locale-struct.ts'
import {
  createEnumeration,
  getByIndex,
  getCount,
  getDrawPages,
  getMasterPages,
  hasMoreElements,
  nextElement,
} from './methods.ts'
import { getProperty, setProperties, type UnoSession, withEach, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'

const TEXT = 'com.sun.star.container.XEnumerationAccess'
const GROUP = 'com.sun.star.drawing.XShapes'
const LANGUAGES = ['CharLocale', 'CharLocaleAsian', 'CharLocaleComplex']

/** Makes the fields on slides and their masters print dates for this locale. */
export async function writeSlideFieldsIn(
  deck: RemoteObject,
  locale: string,
  session: UnoSession,
): Promise<void> {
  const value = any('com.sun.star.lang.Locale', localeStruct(locale))
  for (const pages of [getMasterPages, getDrawPages])
    await withEach(session, await deck.call(pages, [], session.signal), page =>
      writeShapes(page, value, session),
    )
}

async function writeShapes(shapes: RemoteObject, locale: UnoAny, session: UnoSession): Promise<null> {
  const count = await shapes.call(getCount, [], session.signal)
  for (let index = 0; index < count; index++)
    await withObject(
      session,
      referenceIn(await shapes.call(getByIndex, [index], session.signal)),
      async shape => {
        if (await shape.has(GROUP, session.signal)) return writeShapes(shape, locale, session)
        return onParts(shape, session, paragraph =>
          onParts(paragraph, session, piece => writeField(piece, locale, session)),
        )
      },
    )
  return null
}

/** A field is formatted in the language of its own text portion. */
async function writeField(piece: RemoteObject, locale: UnoAny, session: UnoSession): Promise<null> {
  if ((await getProperty(piece, 'TextPortionType', session)) !== 'TextField') return null
  await setProperties(piece, Object.fromEntries(LANGUAGES.map(name => [name, locale])), session)
  return null
}

/** Runs a step for each part of a text, in order; an object without text has none. */
async function onParts(
  text: RemoteObject,
  session: UnoSession,
  step: (part: RemoteObject) => Promise<null>,
): Promise<null> {
  if (!(await text.has(TEXT, session.signal))) return null
  return withObject(session, await text.call(createEnumeration, [], session.signal), async all => {
    while (await all.call(hasMoreElements, [], session.signal))
      await withObject(session, referenceIn(await all.call(nextElement, [], session.signal)), step)
    return null
  })
}
