/**
 * Tables and texts as plain text. LibreOffice guesses the type of a CSV's cells and changes how they look, so it
 * receives a workbook with explicit types. And it only writes UTF-8, because in other character sets it writes `?` for
 * missing characters. A wrapper around another engine.
 */
import { join } from 'node:path'
import { type Charset, type DateOrder, SOURCES } from '#lib/vocabulary/formats.ts'
import { type Options, unmeasured } from '#lib/vocabulary/job.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import { DELIMITER_SIGNS, declaredDelimiter, delimiterOf, LOOKED_AT } from './tables/delimiter.ts'
import { beginningOf } from './tables/records.ts'
import { sheetNameOf } from './tables/sheet-name.ts'
import { survey } from './tables/survey.ts'
import { transcode } from './tables/transcode.ts'
import { writeWorkbook } from './tables/workbook.ts'

/** Options for reading plain text; they do not apply to writing. */
const OF_READING = ['delimiter', 'dates', 'percentages', 'formulas', 'asText']

/** The same engine, which reads and writes plain text without changing it. */
export function withTables(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (isTable(conversion)) return engine.convert(await asWorkbook(conversion))
    const { charset, ...options } = conversion.options ?? {}
    if (!charset || !isWritten(conversion)) return engine.convert(conversion)
    return inCharset(await engine.convert({ ...conversion, options }), charset as Charset, conversion)
  })
}

function isTable({ format }: Conversion): boolean {
  return format === 'csv' || format === 'tsv'
}

/** Whether the option is the character set of the result. */
function isWritten({ format, target }: Conversion): boolean {
  if (format === 'txt') return false
  return target === 'csv' || (target === 'txt' && SOURCES.get(format)?.family === 'document')
}

/** Converts a table in UTF-8 to a workbook. @throws AppError `table_too_large`; the signal's reason */
async function asWorkbook(conversion: Conversion): Promise<Conversion> {
  const { sourcePath, directory, fileName, options = {}, signal } = conversion
  conversion.onProgress(unmeasured('loading'))
  const delimiter = await delimiterFor(conversion)
  const surveyed = await survey(sourcePath, delimiter, signal)
  const path = join(directory, 'table.xlsx')
  const sheetName = sheetNameOf(fileName)
  const typing = { marks: surveyed.marks, ...requestedDelimiter(options) }
  await writeWorkbook({ sourcePath, path, sheetName, surveyed, typing, signal })
  const others = Object.entries(options).filter(([name]) => !OF_READING.includes(name))
  // The scan does not read them in plain text.
  const ties = options.formulas === true && { hasTiedPages: true }
  return { ...conversion, ...ties, sourcePath: path, format: 'xlsx', options: Object.fromEntries(others) }
}

async function delimiterFor({ format, sourcePath, options, signal }: Conversion): Promise<string> {
  const stated = String(options?.delimiter ?? 'auto')
  if (stated !== 'auto') return DELIMITER_SIGNS[stated] ?? stated
  const text = await beginningOf(sourcePath, LOOKED_AT, signal)
  return (
    declaredDelimiter(text)?.delimiter ?? (format === 'tsv' && text.includes('\t') ? '\t' : delimiterOf(text))
  )
}

function requestedDelimiter(options: Options) {
  return {
    dates: (options.dates ?? 'none') as DateOrder,
    percentages: options.percentages === true,
    formulas: options.formulas === true,
    asText: options.asText === true,
  }
}

/** Converts the result to its character set. @throws AppError `charset_lacks_character`; the signal's reason */
async function inCharset(
  converted: Converted,
  charset: Charset,
  { directory, target, signal }: Conversion,
): Promise<Converted> {
  if (charset === 'utf-8') return converted
  const path = join(directory, `encoded.${target}`)
  await transcode({ from: converted.path, to: path, charset, signal })
  return { ...converted, path }
}
