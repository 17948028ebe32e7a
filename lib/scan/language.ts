/** The document's own language, and whether anything in it is formatted by a locale. */
import { localeOf } from '../vocabulary/locale.ts'
import type { Compound } from './compound.ts'
import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'
import { tagsOf } from './xml.ts'

const LONGEST_STYLE = 8000
const DEFAULT_STYLE = new RegExp(`<style:default-style\\b[^]{0,${LONGEST_STYLE}}?</style:default-style>`, 'g')
/** A cell of a text document's table with a typed value besides its text. */
const CELL_VALUE =
  /<table:table-cell\s(?:[^<>]{0,500}\s)?office:value-type\s*=\s*["'](?:float|percentage|currency|date|time|boolean)["']/g
const LONGEST_CELL = 700
/** LibreOffice adds a Chinese language to each Western one; only these two are the document's own. */
const OF_ITS_OWN = ['ja', 'ko']

/** Reads OpenDocument piece by piece: the language of its default styles, and values in tables. */
export function openDocumentLanguage(flags: Flags): (piece: string) => void {
  const styles = new PieceSearch(DEFAULT_STYLE, LONGEST_STYLE, ['fault-'])
  const cells = new PieceSearch(CELL_VALUE, LONGEST_CELL, ['value-'])
  return piece => {
    if (!flags.language)
      for (const [style] of styles.matches(piece)) flags.language ??= languageOfStyle(style)
    if (!flags.cellValues && cells.isIn(piece)) flags.cellValues = true
  }
}

function languageOfStyle(style: string): string | undefined {
  for (const { attributes } of tagsOf(style)) {
    const { language, country, 'language-asian': asian = '', 'country-asian': asianCountry } = attributes
    if (!language) continue
    if (language === 'en' && OF_ITS_OWN.includes(asian)) return localeOf(`${asian}-${asianCountry}`)
    return localeOf(country && country !== 'none' ? `${language}-${country}` : language)
  }
  return undefined
}

/** Excel's word for worksheets in the properties of a workbook, in the language of its menus. */
const WORKSHEETS: Readonly<Record<string, string>> = {
  Arbeitsblätter: 'de-DE',
  'Feuilles de calcul': 'fr-FR',
  'Hojas de cálculo': 'es-ES',
  'Fogli di lavoro': 'it-IT',
  Werkbladen: 'nl-NL',
  Planilhas: 'pt-BR',
  'Folhas de cálculo': 'pt-PT',
  Arkusze: 'pl-PL',
  Listy: 'cs-CZ',
  Munkalapok: 'hu-HU',
  Kalkylblad: 'sv-SE',
  Laskentataulukot: 'fi-FI',
  'Çalışma Sayfaları': 'tr-TR',
  'Φύλλα εργασίας': 'el-GR',
  Листы: 'ru-RU',
  Аркуші: 'uk-UA',
  ワークシート: 'ja-JP',
  워크시트: 'ko-KR',
}
const LONGEST_NAME = 200
const NAME = /<vt:lpstr>([^<]{1,100})<\/vt:lpstr>/g
const LANGUAGE = /<dc:language>\s*([\w-]{2,35})\s*<\/dc:language>/g

/** Reads the properties of an Excel workbook piece by piece. Undefined for any other part. */
export function workbookLanguage(name: string, flags: Flags): ((piece: string) => void) | undefined {
  if (/^docProps\/core\.xml$/i.test(name)) {
    const declared = new PieceSearch(LANGUAGE, LONGEST_NAME)
    return piece => {
      for (const [, tag = ''] of declared.matches(piece)) flags.language = localeOf(tag) ?? flags.language
    }
  }
  if (!/^docProps\/app\.xml$/i.test(name)) return undefined
  const names = new PieceSearch(NAME, LONGEST_NAME)
  return piece => {
    for (const [, word = ''] of names.matches(piece))
      flags.language ??= WORKSHEETS[Buffer.from(word, 'latin1').toString()]
  }
}

/** [MS-XLS] 2.4.63 and 5.1: countries by their telephone codes. */
const COUNTRIES: Readonly<Record<number, string>> = {
  ...{ 1: 'en-US', 2: 'en-CA', 7: 'ru-RU', 30: 'el-GR', 31: 'nl-NL', 32: 'nl-BE', 33: 'fr-FR', 34: 'es-ES' },
  ...{
    36: 'hu-HU',
    39: 'it-IT',
    41: 'de-CH',
    43: 'de-AT',
    44: 'en-GB',
    45: 'da-DK',
    46: 'sv-SE',
    47: 'nb-NO',
  },
  ...{
    48: 'pl-PL',
    49: 'de-DE',
    52: 'es-MX',
    55: 'pt-BR',
    61: 'en-AU',
    64: 'en-NZ',
    66: 'th-TH',
    81: 'ja-JP',
  },
  ...{ 82: 'ko-KR', 84: 'vi-VN', 86: 'zh-CN', 90: 'tr-TR', 351: 'pt-PT', 354: 'is-IS', 358: 'fi-FI' },
  ...{ 420: 'cs-CZ', 886: 'zh-TW', 966: 'ar-SA', 972: 'he-IL' },
}
/** The record follows the list of sheets and precedes everything that grows with their content. */
const COUNTRY_WITHIN_BYTES = 256 * 1024

/** The language of the Windows on which a workbook of Excel up to 2003 was saved. */
export async function languageOfOldWorkbook(compound: Compound, stream: string): Promise<string | undefined> {
  const [FILE_PASS, COUNTRY, END_OF_FILE] = [0x2f, 0x8c, 0x0a]
  const bytes = await compound.head(stream, COUNTRY_WITHIN_BYTES)
  for (let at = 0; at + 8 <= bytes.length; at += 4 + bytes.readUInt16LE(at + 2)) {
    const record = bytes.readUInt16LE(at)
    if (record === COUNTRY) return COUNTRIES[bytes.readUInt16LE(at + 6)]
    if (record === FILE_PASS || record === END_OF_FILE) return undefined
  }
  return undefined
}
