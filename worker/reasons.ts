/**
 * Finds why LibreOffice could not open a file, because it reports no reason: the broken part, or that LibreOffice opens
 * only some documents of the format. A wrapper around another engine.
 */
import { AppError } from '#lib/vocabulary/errors.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { brokenPart } from './reasons/broken-part.ts'
import { openRegular } from './regular-file.ts'

/** Formats that LibreOffice supports partly: the program, and the format that it can save instead. */
const KNOWN_IN_PART: Readonly<Record<string, readonly [program: string, betterFormat: string]>> = {
  pages: ['Pages', 'docx'],
  numbers: ['Numbers', 'xlsx'],
  key: ['Keynote', 'pptx'],
  wps: ['Works', 'rtf'],
  wpd: ['WordPerfect', 'docx'],
  wri: ['Write', 'rtf'],
  123: ['Lotus 1-2-3', 'xls'],
  wb2: ['Quattro Pro', 'xls'],
}

/** The same engine, which adds the reason to its error. */
export function withReasons(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    try {
      return await engine.convert(conversion)
    } catch (error) {
      const isUnnamed = error instanceof AppError && error.code === 'conversion_failed'
      throw (isUnnamed && (await reasonFor(conversion, error))) || error
    }
  })
}

async function reasonFor(
  { sourcePath, format, signal }: Conversion,
  cause: AppError,
): Promise<AppError | undefined> {
  const broken = await inSource(sourcePath, signal)
  signal.throwIfAborted()
  if (broken !== undefined)
    return new AppError('corrupt_file', {
      details: { reason: broken },
      log: `${broken} (${cause.message})`,
      cause,
    })
  const known = KNOWN_IN_PART[format]
  if (!known) return undefined
  const [program, betterFormat] = known
  const details = { program, better: `${SOURCES.get(betterFormat)?.name} (.${betterFormat})`, betterFormat }
  return new AppError('format_known_in_part', { details, log: cause.message, cause })
}

/** The search is optional: its own errors are not the reason for the failure. */
async function inSource(path: string, signal: AbortSignal): Promise<string | undefined> {
  const file = await openRegular(path)
  if (!file) return undefined
  try {
    return await brokenPart(await sourceOfFile(file), signal)
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}
