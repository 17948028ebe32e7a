import { utcOffsetOf } from '#lib/vocabulary/locale.ts'
import { changeFieldFormats } from './field-formats.ts'
import { FILE_TIMES, getAnchor, getDocumentProperties, getFormatIndex, setModified } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import type { UnoStruct } from './values.ts'
import { on, property, type Walk } from './walk.ts'

/** `NumberFormatIndex`: day, month, year and time with seconds. */
const DATETIME_SYS_DDMMYYYY_HHMMSS = 47
/** A day, and a time with seconds and with AM or PM wherever it is. */
const WORDS_DEFAULT = /^\S{1,30} \S\S?:\S\S:\S\S AM\/PM$/

/**
 * Has a Word document's fields of file times (SAVEDATE and its like) print what they should where they do not say how.
 * LibreOffice takes the day's form in the words of the language around them and reads those as English, which prints
 * “TT.03.JJ” in German and other letters elsewhere.
 */
export function mendFileDates(text: RemoteObject, walk: Walk): Promise<void> {
  return changeFieldFormats(text, walk, async ({ field, code, formats }) => {
    const locale = WORDS_DEFAULT.test(code) ? await localeAround(field, walk) : undefined
    if (!locale?.Language || locale.Language === 'en') return null
    const index = [DATETIME_SYS_DDMMYYYY_HHMMSS, locale] as const
    return { key: await formats.call(getFormatIndex, index, walk.signal) }
  })
}

/** Not that of its format, which may be Japanese: some of the letters mean eras there. */
async function localeAround(field: RemoteObject, walk: Walk): Promise<UnoStruct | undefined> {
  const locale = await on(walk, await field.call(getAnchor, [], walk.signal), range =>
    property(range, 'CharLocale', walk),
  )
  return locale as UnoStruct | undefined
}

/** Sets the file times of a document, which Word keeps in UTC, to this time zone. */
export async function setFileTimesTo(timeZone: string, text: RemoteObject, walk: Walk): Promise<void> {
  await on(walk, await text.call(getDocumentProperties, [], walk.signal), async properties => {
    for (const [read, write] of FILE_TIMES) {
      const time = shifted(await properties.call(read, [], walk.signal), timeZone)
      if (time) await properties.call(write, [time], walk.signal)
    }
    return null
  })
}

/**
 * Has LibreOffice take a document for as it was loaded: one that was changed is saved now, and LibreOffice 25.2 prints
 * that, even where it is only printed.
 */
export function setUnchanged(text: RemoteObject, walk: Walk): Promise<void> {
  return text.call(setModified, [false], walk.signal)
}

/** Null for what is no time: that of a document that was never printed has no month. */
function shifted(time: UnoStruct, timeZone: string): UnoStruct | null {
  const { Year, Month, Day, Hours, Minutes, Seconds } = time as Record<string, number>
  if (!Year || !Month || !Day) return null
  const utc = Date.UTC(Year, Month - 1, Day, Hours, Minutes, Seconds)
  const there = new Date(utc + 60_000 * (utcOffsetOf(timeZone, new Date(utc)) ?? 0))
  return {
    ...time,
    Year: there.getUTCFullYear(),
    Month: there.getUTCMonth() + 1,
    Day: there.getUTCDate(),
    Hours: there.getUTCHours(),
    Minutes: there.getUTCMinutes(),
  }
}
