/**
 * Fields of a rich text and of a Word document up to 2003. LibreOffice prints nothing for some, or calculates what it
 * does not know, although the document stores what Word last showed. It receives a copy with fields that it
 * understands. A wrapper around another engine.
 */
import { createWriteStream } from 'node:fs'
import { constants, copyFile, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { chunksOf } from '#lib/scan/source.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { keptFieldPlaces, SHOWN_AS_KEPT } from './old-fields/binary-fields.ts'
import { placesIn, withKeptResults } from './old-fields/rich-text.ts'

/** The same engine, which shows the stored results of fields of old formats. */
export function withOldFields(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const copy = conversion.keptFields ? COPIERS[conversion.format] : undefined
    if (!copy) return engine.convert(conversion)
    const { options = {}, directory, format } = conversion
    const how = { writesFileDates: options.language !== undefined || options.timeZone !== undefined }
    const path = join(directory, `copy.${format}`)
    const isCopied = await copy(conversion, path, how)
    return engine.convert({ ...conversion, keptFields: false, ...(isCopied && { sourcePath: path }) })
  })
}

/** Writes a copy; false where nothing has to be changed, or nothing can be. */
type Copier = (conversion: Conversion, path: string, how: { writesFileDates: boolean }) => Promise<boolean>

const COPIERS: Readonly<Record<string, Copier>> = { rtf: copyRichText, doc: copyBinary, dot: copyBinary }

async function copyRichText(
  { sourcePath, signal }: Conversion,
  path: string,
  how: { writesFileDates: boolean },
): Promise<boolean> {
  const file = await open(sourcePath)
  try {
    const source = await sourceOfFile(file)
    const places = await placesIn(chunksOf(source))
    const content = withKeptResults(chunksOf(source), places, how)
    await pipeline(content, createWriteStream(path, { flags: 'wx' }), { signal })
    return true
  } finally {
    await file.close()
  }
}

async function copyBinary(
  { sourcePath }: Conversion,
  path: string,
  how: { writesFileDates: boolean },
): Promise<boolean> {
  const places = await placesInBinary(sourcePath, how)
  if (places.length === 0) return false
  await copyFile(sourcePath, path, constants.COPYFILE_EXCL)
  const copy = await open(path, 'r+')
  try {
    for (const place of places) await copy.write(Uint8Array.of(SHOWN_AS_KEPT), 0, 1, place)
  } finally {
    await copy.close()
  }
  return true
}

/** LibreOffice may still convert a file that cannot be read here. */
async function placesInBinary(path: string, how: { writesFileDates: boolean }): Promise<number[]> {
  const file = await open(path)
  try {
    return await keptFieldPlaces(await sourceOfFile(file), how)
  } catch (error) {
    if (!(error instanceof AppError || error instanceof RangeError)) throw error
    return []
  } finally {
    await file.close()
  }
}
