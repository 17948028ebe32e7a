import { utcOffsetOf } from '#lib/vocabulary/locale.ts'
import { changeFieldFormats } from './field-formats.ts'
import { FILE_TIMES, getAnchor, getDocumentProperties, getFormatIndex, setModified } from './methods.ts'
import { getProperty, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import type { UnoStruct } from './values.ts'

/** `NumberFormatIndex`: day, month, year and time with seconds. */
const DATETIME_SYS_DDMMYYYY_HHMMSS = 47
/** A day, and a time with seconds and AM or PM, in every locale. */
const WORDS_DEFAULT = /^\S{1,30} \S\S?:\S\S:\S\S AM\/PM$/

/**
 * Fixes the format of a Word document's file time fields (SAVEDATE and the like) without an explicit one. LibreOffice
 * takes the date format in the notation of the surrounding language and parses it as English, which prints “TT.03.JJ”
 * in German and other letters elsewhere.
 */
export function fixFileDates(text: RemoteObject, session: UnoSession): Promise<void> {
  return changeFieldFormats(text, session, async ({ field, code, formats }) => {
    const locale = WORDS_DEFAULT.test(code) ? await localeAround(field, session) : undefined
    if (!locale?.Language || locale.Language === 'en') return null
    const index = [DATETIME_SYS_DDMMYYYY_HHMMSS, locale] as const
    return { key: await formats.call(getFormatIndex, index, session.signal) }
  })
}

/** Not the locale of its format, which may be Japanese: some of the letters mean eras there. */
async function localeAround(field: RemoteObject, session: UnoSession): Promise<UnoStruct | undefined> {
  const locale = await withObject(session, await field.call(getAnchor, [], session.signal), range =>
    getProperty(range, 'CharLocale', session),
  )
  return locale as UnoStruct | undefined
}

/** Converts the file times of a document, which Word stores in UTC, to this time zone. */
export async function setFileTimesTo(
  timeZone: string,
  text: RemoteObject,
  session: UnoSession,
): Promise<void> {
  await withObject(session, await text.call(getDocumentProperties, [], session.signal), async properties => {
    for (const [read, write] of FILE_TIMES) {
      const time = shifted(await properties.call(read, [], session.signal), timeZone)
      if (time) await properties.call(write, [time], session.signal)
    }
    return null
  })
}

/**
 * Marks a document as unchanged: LibreOffice treats a changed one as saved now, and 25.2 prints that time even when it
 * only prints.
 */
export function setUnchanged(text: RemoteObject, session: UnoSession): Promise<void> {
  return text.call(setModified, [false], session.signal)
}

/** Null for an unset time: that of a document that was never printed has no month. */
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
