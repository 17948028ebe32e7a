import { UnoError } from './errors.ts'
import {
  createEnumeration,
  getByKey,
  getNumberFormats,
  getTextFields,
  hasMoreElements,
  nextElement,
  refresh,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny, type UnoStruct } from './values.ts'
import { on, property, setProperties, type Walk } from './walk.ts'

/** How a field prints a date or a number. */
export interface FieldFormat {
  field: RemoteObject
  key: number
  /** In the words of its locale, such as `TT.MM.JJJJ`. */
  code: string
  locale: UnoStruct
  /** All formats of the document. */
  formats: RemoteObject
}

/** Gives each field of a text that prints a date or a number another format, and other properties with it; null leaves it. */
export async function changeFieldFormats(
  text: RemoteObject,
  walk: Walk,
  change: (format: FieldFormat) => Promise<{ key: number; more?: Record<string, UnoAny> } | null>,
): Promise<void> {
  const { signal } = walk
  await on(walk, await text.call(getNumberFormats, [], signal), async formats =>
    on(walk, await text.call(getTextFields, [], signal), async fields => {
      await on(walk, await fields.call(createEnumeration, [], signal), async all => {
        while (await all.call(hasMoreElements, [], signal))
          await on(walk, referenceIn(await all.call(nextElement, [], signal)), async field => {
            const format = await formatOf(field, formats, walk)
            const { key, more } = (format && (await change(format))) ?? {}
            if (key !== undefined)
              await setProperties(field, { ...more, NumberFormat: any('long', key) }, walk)
            return null
          })
        return null
      })
      await fields.call(refresh, [], signal)
      return null
    }),
  )
}

async function formatOf(field: RemoteObject, formats: RemoteObject, walk: Walk): Promise<FieldFormat | null> {
  const key = await property(field, 'NumberFormat', walk).catch(error => {
    // Most fields print neither.
    if (!(error instanceof UnoError)) throw error
  })
  if (typeof key !== 'number') return null
  return on(walk, await formats.call(getByKey, [key], walk.signal), async format => {
    const code = String(await property(format, 'FormatString', walk))
    return { field, key, code, locale: (await property(format, 'Locale', walk)) as UnoStruct, formats }
  })
}
