import { UnoError } from './errors.ts'
import { localeStruct } from './locale-struct.ts'
import {
  addNewConverted,
  createEnumeration,
  getByKey,
  getFormatForLocale,
  getNumberFormats,
  getTextFields,
  hasMoreElements,
  nextElement,
  refresh,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoStruct } from './values.ts'
import { on, property, setProperties, type Walk } from './walk.ts'

/** Has a text's fields print dates and numbers as this locale has them, whatever the language around them. */
export async function writeFieldsIn(text: RemoteObject, locale: string, walk: Walk): Promise<void> {
  const { signal } = walk
  await on(walk, await text.call(getNumberFormats, [], signal), async formats =>
    on(walk, await text.call(getTextFields, [], signal), async fields => {
      await on(walk, await fields.call(createEnumeration, [], signal), async all => {
        while (await all.call(hasMoreElements, [], signal))
          await on(walk, referenceIn(await all.call(nextElement, [], signal)), field =>
            rewrite(field, { formats, locale: localeStruct(locale), walk }),
          )
        return null
      })
      await fields.call(refresh, [], signal)
      return null
    }),
  )
}

interface Target {
  formats: RemoteObject
  locale: UnoStruct
  walk: Walk
}

async function rewrite(field: RemoteObject, { formats, locale, walk }: Target): Promise<null> {
  try {
    const key = await property(field, 'NumberFormat', walk)
    if (typeof key !== 'number') return null
    const format = any('long', await formatIn(key, { formats, locale, walk }))
    await setProperties(field, { IsFixedLanguage: any('boolean', true), NumberFormat: format }, walk)
  } catch (error) {
    // Most fields print neither.
    if (!(error instanceof UnoError)) throw error
  }
  return null
}

/** The same format in another locale. */
async function formatIn(key: number, { formats, locale, walk }: Target): Promise<number> {
  const builtIn = await formats.call(getFormatForLocale, [key, locale], walk.signal)
  if (builtIn !== key) return builtIn
  const converted = await on(walk, await formats.call(getByKey, [key], walk.signal), async format => {
    const [code, from] = [
      await property(format, 'FormatString', walk),
      await property(format, 'Locale', walk),
    ]
    return formats.call(addNewConverted, [spaced(String(code)), from as UnoStruct, locale], walk.signal)
  })
  return converted ?? key
}

/** What stands between two parts of a date may be another sign elsewhere, but never with a blank behind it. */
const spaced = (code: string) => code.replace(/([./-])(?=\s)/g, '"$1"')
