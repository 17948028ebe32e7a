import {
  createEnumeration,
  getByKey,
  getNumberFormats,
  getTextFields,
  hasMoreElements,
  nextElement,
  refresh,
} from './methods.ts'
import { getProperty, setProperties, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { UnoError } from './uno-errors.ts'
import { any, type UnoAny, type UnoStruct } from './values.ts'

/** How a field prints a date or a number. */
export interface FieldFormat {
  field: RemoteObject
  key: number
  /** In the notation of its locale, such as `TT.MM.JJJJ`. */
  code: string
  locale: UnoStruct
  /** All formats of the document. */
  formats: RemoteObject
}

/**
 * Sets another format, and properties with it, on each date or number field of a text; null leaves a field unchanged.
 */
export async function changeFieldFormats(
  text: RemoteObject,
  session: UnoSession,
  change: (format: FieldFormat) => Promise<{ key: number; more?: Record<string, UnoAny> } | null>,
): Promise<void> {
  const { signal } = session
  await withObject(session, await text.call(getNumberFormats, [], signal), async formats =>
    withObject(session, await text.call(getTextFields, [], signal), async fields => {
      await withObject(session, await fields.call(createEnumeration, [], signal), async all => {
        while (await all.call(hasMoreElements, [], signal))
          await withObject(session, referenceIn(await all.call(nextElement, [], signal)), async field => {
            const format = await formatOf(field, formats, session)
            const { key, more } = (format && (await change(format))) ?? {}
            if (key !== undefined)
              await setProperties(field, { ...more, NumberFormat: any('long', key) }, session)
            return null
          })
        return null
      })
      await fields.call(refresh, [], signal)
      return null
    }),
  )
}

async function formatOf(
  field: RemoteObject,
  formats: RemoteObject,
  session: UnoSession,
): Promise<FieldFormat | null> {
  const key = await getProperty(field, 'NumberFormat', session).catch(error => {
    // Most fields print neither.
    if (!(error instanceof UnoError)) throw error
  })
  if (typeof key !== 'number') return null
  return withObject(session, await formats.call(getByKey, [key], session.signal), async format => {
    const code = String(await getProperty(format, 'FormatString', session))
    return { field, key, code, locale: (await getProperty(format, 'Locale', session)) as UnoStruct, formats }
  })
}
