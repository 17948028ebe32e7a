import { parseAccept } from 'hono/utils/accept'
import type { Config } from '#lib/config.ts'
import type { Scanned } from '#lib/scan.ts'
import { optionsOf, PICTURES, paperIn, SOURCES } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { localeOf } from '#lib/vocabulary/locale.ts'

/** LibreOffice's own defaults. */
const USUAL = { language: 'en-US', paper: 'a4' }

/** The client's preferred locale by `Accept-Language`; undefined without the header and for “any”. */
export function requesterLocale(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseAccept(header).flatMap(({ type }) => localeOf(type) ?? [])[0]
}

/**
 * The options with defaults for the sender's region where they were omitted: the paper of sources without pages, and
 * the language of a workbook without its own. They are stored with the job, so that every attempt gives the same
 * result.
 */
export function withRegionalDefaults(
  { target, options }: { target: string; options: Options },
  { format, flags }: Pick<Scanned, 'format' | 'flags'>,
  { locale, engine }: { locale: string | undefined; engine: Config['engine'] },
): Options {
  if (locale === undefined) return options
  const offered = (name: string) => optionsOf(format, target).some(option => option.name === name)
  // A picture has its own page size. An engine without the paper option prints everything on the default paper.
  const isPageless = offered('paper') && !PICTURES.includes(format) && engine === 'warm'
  const isOpen = offered('language') && SOURCES.get(format)?.family === 'spreadsheet' && target !== 'csv'
  const defaults = {
    ...(isPageless && { paper: paperIn(locale) }),
    ...(isOpen && flags.language === undefined && { language: locale }),
  }
  const unusual = Object.entries(defaults).filter(
    ([name, value]) => value !== USUAL[name as keyof typeof USUAL],
  )
  return { ...Object.fromEntries(unusual), ...options }
}
