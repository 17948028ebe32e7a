/**
 * Web pages that were saved in one file with their pictures (MHTML), as browsers, Word and wikis do under all kinds of
 * names. LibreOffice would print the headers and the base64, so it is given the page, with its pictures inside. This is
 * an engine around any other.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unmeasured } from '#lib/jobs.ts'
import { note } from '#lib/notes.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { joined } from './web-archives/page.ts'
import { unpacked } from './web-archives/unpack.ts'

/** What an archive becomes. */
const FORMATS: Readonly<Record<string, string>> = { mhtml: 'html', 'mhtml-table': 'html-table' }

/** The same engine, which opens web archives. */
export function withWebArchives(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const format = FORMATS[conversion.format]
    return engine.convert(format === undefined ? conversion : await asPage(conversion, format))
  })
}

/** @throws AppError `corrupt_file`, `expands_too_large`, `too_many_entries`; the signal's reason */
async function asPage(conversion: Conversion, format: string): Promise<Conversion> {
  const { sourcePath, directory, signal } = conversion
  conversion.onProgress(unmeasured('loading'))
  const { html, missing } = joined(await unpacked(sourcePath, signal))
  if (missing > 0) conversion.onNote?.(note('linked_content_not_fetched', { count: missing }))
  const path = join(directory, 'page.html')
  await writeFile(path, html)
  return { ...conversion, sourcePath: path, format }
}
