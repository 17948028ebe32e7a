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
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'
import { on, onEach, property, setProperties, type Walk } from './walk.ts'

const TEXT = 'com.sun.star.container.XEnumerationAccess'
const GROUP = 'com.sun.star.drawing.XShapes'
const LANGUAGES = ['CharLocale', 'CharLocaleAsian', 'CharLocaleComplex']

/** Has the fields on slides and on what lies behind them print dates as this locale has them. */
export async function writeSlideFieldsIn(deck: RemoteObject, locale: string, walk: Walk): Promise<void> {
  const value = any('com.sun.star.lang.Locale', localeStruct(locale))
  for (const pages of [getMasterPages, getDrawPages])
    await onEach(walk, await deck.call(pages, [], walk.signal), page => writeShapes(page, value, walk))
}

async function writeShapes(shapes: RemoteObject, locale: UnoAny, walk: Walk): Promise<null> {
  const count = await shapes.call(getCount, [], walk.signal)
  for (let index = 0; index < count; index++)
    await on(walk, referenceIn(await shapes.call(getByIndex, [index], walk.signal)), async shape => {
      if (await shape.has(GROUP, walk.signal)) return writeShapes(shape, locale, walk)
      return onParts(shape, walk, paragraph =>
        onParts(paragraph, walk, piece => writeField(piece, locale, walk)),
      )
    })
  return null
}

/** A field is written in the language of the piece of text that it is. */
async function writeField(piece: RemoteObject, locale: UnoAny, walk: Walk): Promise<null> {
  if ((await property(piece, 'TextPortionType', walk)) !== 'TextField') return null
  await setProperties(piece, Object.fromEntries(LANGUAGES.map(name => [name, locale])), walk)
  return null
}

/** A step to each part of a text, one after the other; what is no text has none. */
async function onParts(
  text: RemoteObject,
  walk: Walk,
  step: (part: RemoteObject) => Promise<null>,
): Promise<null> {
  if (!(await text.has(TEXT, walk.signal))) return null
  return on(walk, await text.call(createEnumeration, [], walk.signal), async all => {
    while (await all.call(hasMoreElements, [], walk.signal))
      await on(walk, referenceIn(await all.call(nextElement, [], walk.signal)), step)
    return null
  })
}
