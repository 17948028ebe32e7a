/** Paper sizes by name, the shorter side first, in hundredths of a millimetre. Pure data, safe for the browser. */
export const PAPERS: Readonly<Record<string, readonly [short: number, long: number]>> = {
  a3: [29_700, 42_000],
  a4: [21_000, 29_700],
  a5: [14_800, 21_000],
  letter: [21_590, 27_940],
  legal: [21_590, 35_560],
  tabloid: [27_940, 43_180],
}

/** Countries that use Letter, by CLDR; all others use A4. */
const LETTER_COUNTRIES = ['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE']

/** The usual paper of a locale, as `localeOf` returns it. */
export function paperIn(locale: string): string {
  return LETTER_COUNTRIES.includes(new Intl.Locale(locale).region ?? '') ? 'letter' : 'a4'
}
