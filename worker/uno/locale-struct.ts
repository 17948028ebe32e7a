import type { UnoStruct } from './values.ts'

/** A locale by its tag, as LibreOffice has it: with a variant where language and country do not say all. */
export function localeStruct(locale: string): UnoStruct {
  const { language, script, region = '' } = new Intl.Locale(locale)
  return script
    ? { Language: 'qlt', Country: region, Variant: locale }
    : { Language: language, Country: region, Variant: '' }
}
