import { parseAccept } from 'hono/utils/accept'
import type { Config } from '#lib/config.ts'
import type { Scanned } from '#lib/scan.ts'
import { optionsOf, PICTURES, paperIn, SOURCES } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { localeOf } from '#lib/vocabulary/locale.ts'

/** How LibreOffice writes and prints where it is told nothing. */
const USUAL = { language: 'en-US', paper: 'a4' }

/** What a requester likes best by `Accept-Language`; undefined without one and for “any”. */
export function requesterLocale(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseAccept(header).flatMap(({ type }) => localeOf(type) ?? [])[0]
}

/**
 * The options that were sent, with those that depend on where its sender is and were left out: the paper of what has no page
 * of its own, and the language of a workbook that does not say its own. They are kept with the job as if they had been
 * sent, so that every attempt gives the same.
 */
export function withRegionalDefaults(
  { target, options }: { target: string; options: Options },
  { format, flags }: Pick<Scanned, 'format' | 'flags'>,
  { locale, engine }: { locale: string | undefined; engine: Config['engine'] },
): Options {
  if (locale === undefined) return options
  const offered = (name: string) => optionsOf(format, target).some(option => option.name === name)
  // A picture has a page of its own size. An engine that knows no paper prints all on the usual one.
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
