/**
 * Web pages saved in one file with their pictures (MHTML), as browsers, Word and wikis do under various names.
 * LibreOffice would print the headers and the base64, so it receives the page with its pictures embedded. A wrapper
 * around another engine.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noFlags } from '#lib/scan/flags.ts'
import { LinkFinder } from '#lib/scan/link-finder.ts'
import { SCAN_LIMITS } from '#lib/scan/scan-limits.ts'
import { WebPage } from '#lib/scan/web-page.ts'
import { unmeasured } from '#lib/vocabulary/job.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { unpacked } from './web-archives/archive-parts.ts'
import { joined } from './web-archives/archived-page.ts'

/** The format that an archive becomes. */
const FORMATS: Readonly<Record<string, string>> = { mhtml: 'html', 'mhtml-table': 'html-table' }

const PIECE_CHARACTERS = 256 * 1024

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
  noteLinks(html, conversion)
  const path = join(directory, 'page.html')
  await writeFile(path, html)
  return { ...conversion, sourcePath: path, format }
}

/** The scan reads only the archive, not the page in it. @throws AppError `too_deeply_nested` */
function noteLinks(html: string, { onNote }: Conversion): void {
  const flags = noFlags()
  const [page, finder] = [new WebPage(SCAN_LIMITS), new LinkFinder(flags, { isPage: true })]
  for (let at = 0; at < html.length; at += PIECE_CHARACTERS) {
    const piece = html.slice(at, at + PIECE_CHARACTERS)
    page.push(Buffer.from(piece, 'latin1'))
    finder.read(piece)
  }
  if (flags.links) onNote?.(note('links_held', { count: flags.links }))
}
