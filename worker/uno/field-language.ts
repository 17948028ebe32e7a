import { changeFieldFormats, type FieldFormat } from './field-formats.ts'
import { localeStruct } from './locale-struct.ts'
import { addNewConverted, getFormatForLocale } from './methods.ts'
import type { UnoSession } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { any, type UnoStruct } from './values.ts'

/** Makes a text's fields print dates and numbers for this locale, regardless of the surrounding language. */
export function writeFieldsIn(text: RemoteObject, locale: string, session: UnoSession): Promise<void> {
  const wanted = localeStruct(locale)
  const more = { IsFixedLanguage: any('boolean', true) }
  return changeFieldFormats(text, session, async format => ({
    key: await keyIn(wanted, format, session),
    more,
  }))
}

/** The same format in another locale. */
async function keyIn(
  wanted: UnoStruct,
  { key, code, locale, formats }: FieldFormat,
  { signal }: UnoSession,
): Promise<number> {
  const builtIn = await formats.call(getFormatForLocale, [key, wanted], signal)
  return builtIn === key ? formats.call(addNewConverted, [spaced(code), locale, wanted], signal) : builtIn
}

/** The separator in a date may differ elsewhere, but never before a space. */
const spaced = (code: string) => code.replace(/([./-])(?=\s)/g, '"$1"')
