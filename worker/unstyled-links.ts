/**
 * Links of an OpenDocument text with the default character style, which a PDF by LibreOffice lacks. It receives a copy
 * in which they have a style without formatting. A wrapper around another engine.
 */
import { createWriteStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { chunksOf } from '#lib/scan/source.ts'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { isOfTheFile, openPackage } from './package-copies/package.ts'
import { copyArchive } from './package-copies/zip-copy.ts'
import { characterStylesIn, withLinkStyles } from './unstyled-links/link-styles.ts'

const PARTS = ['content.xml', 'styles.xml']

/** The same engine, which keeps such links in a PDF. */
export function withUnstyledLinks(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (!conversion.hasUnstyledLinks || !PDF_TARGETS.includes(conversion.target))
      return engine.convert(conversion)
    const file = await open(conversion.sourcePath)
    const sourcePath = await copyOf(conversion, file).finally(() => file.close())
    return engine.convert({ ...conversion, sourcePath })
  })
}

/** The path of the copy, or of the source where it cannot be rewritten. */
async function copyOf(conversion: Conversion, file: FileHandle): Promise<string> {
  const { directory, format, sourcePath } = conversion
  const path = join(directory, `copy.${format}`)
  try {
    await (format === 'fodt' ? copyFlat : copyPackage)(conversion, file, path)
    return path
  } catch (error) {
    if (!isOfTheFile(error)) throw error
    await rm(path, { force: true })
    return sourcePath
  }
}

async function copyFlat({ signal }: Conversion, file: FileHandle, path: string): Promise<void> {
  const source = await sourceOfFile(file)
  const defined = await characterStylesIn(chunksOf(source))
  await pipeline(withLinkStyles(chunksOf(source), defined), createWriteStream(path, { flags: 'wx' }), {
    signal,
  })
}

async function copyPackage(conversion: Conversion, file: FileHandle, path: string): Promise<void> {
  const source = await sourceOfFile(file)
  const { archive, read } = await openPackage(source, conversion)
  const defined = await characterStylesIn(read('styles.xml'))
  const changed = new Map(PARTS.map(name => [name, () => withLinkStyles(read(name), defined)]))
  await copyArchive(archive, source, { path, changed })
}
