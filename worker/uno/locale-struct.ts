import type { UnoStruct } from './values.ts'

/** A locale by its tag, in LibreOffice's form: with a variant where language and country are not enough. */
export function localeStruct(locale: string): UnoStruct {
  const { language, script, region = '' } = new Intl.Locale(locale)
  return script
    ? { Language: 'qlt', Country: region, Variant: locale }
    : { Language: language, Country: region, Variant: '' }
}
