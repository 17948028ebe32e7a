/** Locales by their BCP 47 tags, and time zones by their names. Safe for the browser. */

/**
 * The tag of a language with its country; a missing country is replaced by the likeliest: `de_AT` is `de-AT`, `de` is
 * `de-DE`. The tag contains a script only where it is not the usual one. Undefined for an unknown language.
 */
export function localeOf(tag: string): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll('_', '-')).maximize()
    // Even an unknown language has a likeliest country.
    if (!region || /^und\b/i.test(tag) || !isKnown(language, 'language') || !isKnown(region, 'region'))
      return undefined
    const usual = new Intl.Locale(`${language}-${region}`).maximize().script
    return script === usual || !script ? `${language}-${region}` : `${language}-${script}-${region}`
  } catch {
    return undefined
  }
}

function isKnown(code: string, type: 'language' | 'region'): boolean {
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code) !== undefined
}

/** The offset of an IANA time zone from UTC at a time, in minutes; undefined for an unknown zone. */
export function utcOffsetOf(timeZone: string, time = new Date()): number | undefined {
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const name = clock.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = 0, minutes = 0] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  } catch {
    return undefined
  }
}
