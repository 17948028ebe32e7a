/** Languages as they are written in a country, by their BCP 47 tags, and time zones by their names. Safe for the browser. */

/**
 * The tag of a language with its country, where it has none with the likeliest: `de_AT` is `de-AT`, `de` is `de-DE`.
 * A script stands in it only where it is not the usual one. Undefined for what names no language.
 */
export function localeOf(tag: string): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll('_', '-')).maximize()
    // Even what names no language has a likeliest one.
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

/** How far a time zone of the IANA is ahead of UTC at a time, in minutes; undefined where there is no such zone. */
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
