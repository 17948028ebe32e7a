/**
 * Fields of Word. LibreOffice prints nothing where some stand, or calculates what it does not know, though the document
 * keeps what Word last showed there; so it is given a copy in which that stands as text. This is an engine around any
 * other.
 */
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#lib/errors.ts'
import { memberAt } from '#lib/scan/member.ts'
import type { Source } from '#lib/scan/source.ts'
import { DamagedPart, unpack } from '#lib/scan/unpack.ts'
import { type Archive, type Entry, openArchive } from '#lib/scan/zip.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { OddMarkup } from './kept-fields/markup.ts'
import { rewrite } from './kept-fields/rewrite.ts'
import { Survey } from './kept-fields/survey.ts'
import { copyArchive } from './zip-copy.ts'

const PACKAGES = ['docx', 'docm', 'dotx', 'dotm']
/** Where fields may stand. */
const MAY_HOLD_FIELDS = /^word\/(?:document|header|footer|footnotes|endnotes|comments)\w*\.xml$/i

/** The same engine, which shows what fields of Word last showed. */
export function withKeptFields(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (!conversion.keptFields || !PACKAGES.includes(conversion.format)) return engine.convert(conversion)
    const sourcePath = (await copyOf(conversion)) ?? conversion.sourcePath
    return engine.convert({ ...conversion, sourcePath })
  })
}

/** Undefined where nothing is to be changed, or where nothing can be. */
async function copyOf({ sourcePath, directory, format, signal }: Conversion): Promise<string | undefined> {
  const path = join(directory, `fields.${format}`)
  const file = await open(sourcePath)
  try {
    const source = await sourceOfFile(file)
    const archive = await openArchive(source)
    const changes = await surveyOf(archive, source, signal)
    if (changes.size === 0) return undefined
    const changed = [...changes].map(
      ([entry, verdicts]) => [entry.name, () => rewrite(partOf(entry, source, signal), verdicts)] as const,
    )
    await copyArchive(archive, source, { path, changed: new Map(changed) })
    return path
  } catch (error) {
    if (!isOfTheFile(error)) throw error
    await rm(path, { force: true })
    return undefined
  } finally {
    await file.close()
  }
}

async function surveyOf(archive: Archive, source: Source, signal: AbortSignal) {
  const survey = new Survey<Entry>()
  for (const entry of archive.entries)
    if (MAY_HOLD_FIELDS.test(entry.name)) await survey.read(entry, partOf(entry, source, signal))
  return survey.changes()
}

async function* partOf(entry: Entry, source: Source, signal: AbortSignal): AsyncIterable<Buffer> {
  for await (const chunk of unpack(source, await memberAt(source, entry))) {
    signal.throwIfAborted()
    yield chunk
  }
}

/** LibreOffice may still make something of a file that cannot be written anew. */
function isOfTheFile(error: unknown): boolean {
  return (
    error instanceof OddMarkup ||
    error instanceof DamagedPart ||
    error instanceof RangeError ||
    error instanceof AppError
  )
}
