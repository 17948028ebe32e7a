/**
 * Photographs that were taken with the camera on its side. LibreOffice shows them as they lie in the file, and when it
 * turns one it draws it anew with other pixels. So the pages of the PDF are turned, in which every pixel
 * stays what it was. This is an engine around any other.
 */
import { join } from 'node:path'
import { AppError } from '#lib/errors.ts'
import { PDF_TARGETS } from '#lib/formats.ts'
import type { Conversion, Engine } from './engine.ts'
import type { Sandbox } from './sandbox.ts'
import { turnOf } from './turned-pictures/orientation.ts'

/** Both programs need milliseconds for a page. */
const WITHIN_MS = 60_000
/** Pixels. */
const FIRST_PAGE_SIDE = 640
/** qpdf has written the file, and found something that it mended. */
const WITH_WARNINGS = 3

/** The same engine, whose PDFs of photographs stand upright. */
export function withTurnedPictures(engine: Engine, sandbox: Sandbox): Engine {
  return {
    get name() {
      return engine.name
    },
    start: () => engine.start(),
    renew: () => engine.renew(),
    stop: () => engine.stop(),
    async convert(conversion) {
      const { format, target, sourcePath, onFirstPage, ...rest } = conversion
      if (format !== 'jpg' || !PDF_TARGETS.includes(target)) return engine.convert(conversion)
      const { degrees } = await turnOf(sourcePath)
      if (degrees === 0) return engine.convert(conversion)
      const converted = await engine.convert({ ...rest, format, target, sourcePath })
      const path = join(conversion.directory, `turned.${target}`)
      await run(['qpdf', `--rotate=+${degrees}`, converted.path, path], conversion, sandbox)
      if (onFirstPage) onFirstPage(await drawFirstPage(path, conversion, sandbox))
      return { ...converted, path }
    },
  }
}

async function drawFirstPage(pdf: string, conversion: Conversion, sandbox: Sandbox): Promise<string> {
  const picture = join(conversion.directory, 'first-page')
  const how = ['-png', '-singlefile', '-scale-to', String(FIRST_PAGE_SIDE)]
  await run(['pdftoppm', ...how, pdf, picture], conversion, sandbox)
  return `${picture}.png`
}

/** Paths of the slot are called as they are inside. @throws AppError `bad_result`; the signal's reason */
async function run(
  command: readonly string[],
  { directory: slot, signal, target }: Conversion,
  sandbox: Sandbox,
): Promise<void> {
  const words = command.map(word => sandbox.pathInside(slot, word))
  const limit = AbortSignal.timeout(WITHIN_MS)
  const { code, stderr } = await sandbox.run(words, { slot, signal: AbortSignal.any([signal, limit]) })
  if (code === 0 || code === WITH_WARNINGS) return
  throw new AppError('bad_result', {
    details: { target: target.toUpperCase() },
    log: `${command[0]} ended with ${code}: ${stderr.slice(0, 2000)}`,
  })
}
