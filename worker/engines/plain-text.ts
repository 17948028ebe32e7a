/**
 * The options of the filters for plain text. Texts are read in UTF-8, tables as workbooks: see `worker/charset.ts`,
 * `worker/tables.ts`.
 */
import { SOURCES } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import type { Conversion } from '#worker/engine.ts'
import { DELIMITER_SIGNS } from '#worker/tables/delimiter.ts'

const QUOTE = '"'.charCodeAt(0)
/** The number of UTF-8 in the spreadsheet filter. */
const UTF_8 = 76

/** The options of the filter that reads this source; undefined for other formats. @see withCharsets */
export function readingOptions({ format }: Pick<Conversion, 'format'>): string | undefined {
  return format === 'txt' ? 'UTF8' : undefined
}

/** The options of the filter that writes this target, always in UTF-8; undefined for a filter without options. */
export function writingOptions({
  format,
  target,
  options = {},
}: Pick<Conversion, 'format' | 'target' | 'options'>): string | undefined {
  if (target === 'html') return 'EmbedImages'
  if (target === 'txt' && SOURCES.get(format)?.family === 'document') return 'UTF8,LF,,,false'
  if (target !== 'csv') return undefined
  const asShown = options.values !== 'raw'
  const [firstLine, columns, language, everyTextQuoted, specialNumbers, formulas] = [
    1,
    '',
    0,
    false,
    true,
    false,
  ]
  const cells = [firstLine, columns, language, everyTextQuoted, specialNumbers, asShown, formulas]
  return [delimiterWritten(options).charCodeAt(0), QUOTE, UTF_8, ...cells].join(',')
}

/** The delimiter of a CSV result. */
export function delimiterWritten(options: Options): string {
  const stated = String(options.delimiter ?? 'comma')
  return DELIMITER_SIGNS[stated] ?? (stated === 'auto' ? ',' : stated)
}
