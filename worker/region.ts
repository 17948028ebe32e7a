import type { Flags } from '#lib/scan.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { localeOf, utcOffsetOf } from '#lib/vocabulary/locale.ts'

/**
 * The settings of the environment that appear in a document. LibreOffice reads both at its start and keeps them: after
 * a later change of its locale only some parts follow, and numbers are wrong in either language.
 */
export interface Region {
  /** The locale of dates and numbers without their own; unset: American English. */
  locale?: string
  /** The offset of its clock from UTC, in minutes; unset: none. */
  utcOffset?: number
}

export const isSameRegion = (one: Region, other: Region) =>
  one.locale === other.locale && one.utcOffset === other.utcOffset

/** A POSIX time zone, where clocks ahead of UTC are negative. */
export function clockOf({ utcOffset = 0 }: Region): string {
  const ahead = Math.abs(utcOffset)
  const time = `${Math.floor(ahead / 60)}:${String(ahead % 60).padStart(2, '0')}`
  return `LOC${utcOffset > 0 ? '-' : ''}${time}`
}

/** LibreOffice's default. */
const STANDARD = 'en-US'
/** Read as workbooks that this worker writes with a format for each cell. */
const PLAIN_TABLES = ['csv', 'tsv']
/** Targets that store values and formats, not their appearance. */
const EDITABLE = ['docx', 'odt', 'rtf', 'xlsx', 'ods', 'pptx', 'odp']

export interface Regional {
  format: string
  target: string
  options?: Options | undefined
  flags?: Pick<Flags, 'language' | 'cellValues'> | undefined
}

/** The region for converting a document: the requested one, or its own where that matters. */
export function regionOf({ format, target, options = {}, flags }: Regional): Region {
  const { language, timeZone } = options
  // An offset instead of a name: the machine need not know the zone, and many zones share the offset.
  const utcOffset = timeZone === undefined ? 0 : utcOffsetOf(String(timeZone))
  const locale = localeOf(String(language ?? ownLanguage({ format, target, options, flags }) ?? STANDARD))
  return {
    ...(locale !== undefined && locale !== STANDARD && { locale }),
    ...(utcOffset && { utcOffset }),
  }
}

function ownLanguage({ format, target, options, flags }: Regional): string | undefined {
  // An editable result follows the region of its reader, and raw values have no format.
  if (!flags || EDITABLE.includes(target) || options?.values === 'raw' || PLAIN_TABLES.includes(format))
    return undefined
  // Fields of all other documents follow the language of the surrounding text.
  const follows = SOURCES.get(format)?.family !== 'spreadsheet' && !flags.cellValues
  return follows ? undefined : flags.language
}
