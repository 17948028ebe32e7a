/** What the filters of plain text are told. Tables that are read come as workbooks: see `worker/tables.ts`. */
import { type Charset, SOURCES } from '#lib/formats.ts'
import type { Options } from '#lib/jobs.ts'
import type { Conversion } from '#worker/engine.ts'
import { encodingOf } from '#worker/tables/charset.ts'
import { DELIMITER_SIGNS } from '#worker/tables/delimiter.ts'

/** As a text's filter names it. */
const CHARSETS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF8',
  'utf-16': 'UCS2',
  'windows-1250': 'MS_1250',
  'windows-1251': 'MS_1251',
  'windows-1252': 'MS_1252',
  'iso-8859-1': 'ISO_8859_1',
  'iso-8859-2': 'ISO_8859_2',
  'iso-8859-15': 'ISO_8859_15',
  shift_jis: 'SHIFT_JIS',
  gb18030: 'GB_18030',
  big5: 'BIG5',
  'euc-kr': 'EUC_KR',
} satisfies Record<Charset, string>
const QUOTE = '"'.charCodeAt(0)
/** As a spreadsheet's filter numbers it. */
const UTF_8 = 76

/**
 * The options of the filter that reads this source; undefined where it is no text.
 * @throws AppError `wrong_charset`; the signal's reason
 */
export async function readingOptions({
  sourcePath,
  format,
  options,
  signal,
}: Pick<Conversion, 'sourcePath' | 'format' | 'options' | 'signal'>): Promise<string | undefined> {
  if (format !== 'txt') return undefined
  const encoding = await encodingOf(sourcePath, options?.charset as string | undefined, signal)
  return CHARSETS[encoding.replace(/^utf-16.e$/, 'utf-16')]
}

/** The options of the filter that writes this target, always in UTF-8; undefined where it has none. */
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

/** What stands between the cells of a CSV that is written. */
export function delimiterWritten(options: Options): string {
  const told = String(options.delimiter ?? 'comma')
  return DELIMITER_SIGNS[told] ?? (told === 'auto' ? ',' : told)
}
