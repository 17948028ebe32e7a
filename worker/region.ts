import type { Flags } from '#lib/scan.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { localeOf, utcOffsetOf } from '#lib/vocabulary/locale.ts'

/**
 * What of the world outside a document shows in it. A LibreOffice takes both at its start and keeps them: its
 * configuration can be told another locale later, and then only some parts of it follow, so that numbers come out
 * wrong in the one language and in the other.
 */
export interface Region {
  /** In whose form dates and numbers are written that have none of their own; unset, American English. */
  locale?: string
  /** How far its clock is ahead of UTC, in minutes; unset, not at all. */
  utcOffset?: number
}

export const isSameRegion = (one: Region, other: Region) =>
  one.locale === other.locale && one.utcOffset === other.utcOffset

/** As POSIX has it, where clocks ahead of UTC are negative. */
export function clockOf({ utcOffset = 0 }: Region): string {
  const ahead = Math.abs(utcOffset)
  const time = `${Math.floor(ahead / 60)}:${String(ahead % 60).padStart(2, '0')}`
  return `LOC${utcOffset > 0 ? '-' : ''}${time}`
}

/** LibreOffice's own, where it is told nothing. */
const STANDARD = 'en-US'
/** Read as workbooks of our own that say of each cell how it looks. */
const PLAIN_TABLES = ['csv', 'tsv']
/** Targets that hold values and formats, and not what is to be seen of them. */
const EDITABLE = ['docx', 'odt', 'rtf', 'xlsx', 'ods', 'pptx', 'odp']

export interface Regional {
  format: string
  target: string
  options?: Options | undefined
  flags?: Pick<Flags, 'language' | 'cellValues'> | undefined
}

/** The region that a document is to be converted in: the one that is asked for, or its own as far as that matters. */
export function regionOf({ format, target, options = {}, flags }: Regional): Region {
  const { language, timeZone } = options
  // Not its name: the machine need not know it, and many places share the time.
  const utcOffset = timeZone === undefined ? 0 : utcOffsetOf(String(timeZone))
  const locale = localeOf(String(language ?? ownLanguage({ format, target, options, flags }) ?? STANDARD))
  return {
    ...(locale !== undefined && locale !== STANDARD && { locale }),
    ...(utcOffset && { utcOffset }),
  }
}

function ownLanguage({ format, target, options, flags }: Regional): string | undefined {
  // What is edited goes on having the form of whoever opens it, and raw values have none.
  if (!flags || EDITABLE.includes(target) || options?.values === 'raw' || PLAIN_TABLES.includes(format))
    return undefined
  // Fields of all others are written in the language of the text around them.
  const follows = SOURCES.get(format)?.family !== 'spreadsheet' && !flags.cellValues
  return follows ? undefined : flags.language
}
