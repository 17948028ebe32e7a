/**
 * Office packages with content that LibreOffice would omit: it receives a copy with the same content in a form that it
 * understands. A wrapper around another engine.
 */
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { note } from '#lib/vocabulary/notes.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { cellChanges } from './package-copies/cell-values.ts'
import { equationWordChanges } from './package-copies/equation-words.ts'
import { fallbackChanges } from './package-copies/fallbacks.ts'
import { type InsertedFile, insertedChanges } from './package-copies/inserted-files.ts'
import { fieldChanges } from './package-copies/kept-fields.ts'
import { koreanTextChanges } from './package-copies/korean-text.ts'
import { isOfTheFile, openPackage, type Package, type PartChange } from './package-copies/package.ts'
import { copyArchive } from './package-copies/zip-copy.ts'
import { koreanTextOf } from './parted-hangul.ts'

/**
 * The same engine, which shows stored field results, inserted files and the fallbacks of equations, and lays out Korean
 * text as Office does.
 */
export function withPackageCopies(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const { keptFields, insertedFiles, fallbacks } = conversion
    if (!(keptFields || insertedFiles || fallbacks || koreanTextOf(conversion)))
      return engine.convert(conversion)
    const file = await open(conversion.sourcePath)
    const copy = await copyOf(conversion, file).finally(() => file.close())
    const missing = (insertedFiles ?? 0) - (copy.inserted?.length ?? 0)
    if (missing > 0) conversion.onNote?.(note('inserted_files_not_shown', { count: missing }))
    return engine.convert({ ...conversion, ...copy })
  })
}

type Copy = { sourcePath?: string; inserted?: InsertedFile[] }

/** Undefined where nothing has to be changed, or nothing can be. */
async function copyOf(conversion: Conversion, file: Awaited<ReturnType<typeof open>>): Promise<Copy> {
  const { directory, format } = conversion
  const sourcePath = join(directory, `copy.${format}`)
  try {
    const source = await sourceOfFile(file)
    const opened = await openPackage(source, conversion)
    const { changes, inserted } = await changesOf(opened, conversion)
    if (changes.size === 0) return {}
    await copyArchive(opened.archive, source, { path: sourcePath, changed: contentsOf(changes, opened) })
    return { sourcePath, inserted }
  } catch (error) {
    if (!isOfTheFile(error)) throw error
    await rm(sourcePath, { force: true })
    return {}
  }
}

async function changesOf(opened: Package, conversion: Conversion) {
  const { keptFields, insertedFiles, fallbacks, isReadForWords, options = {} } = conversion
  const writesFileDates = options.language !== undefined || options.timeZone !== undefined
  const changes = new Map<string, PartChange[]>()
  const add = (more: ReadonlyMap<string, PartChange>) => {
    for (const [name, change] of more) changes.set(name, [...(changes.get(name) ?? []), change])
  }
  if (keptFields) add(await fieldChanges(opened, { writesFileDates }))
  if (keptFields) add(await cellChanges(opened))
  if (fallbacks) add(isReadForWords ? equationWordChanges(opened) : await fallbackChanges(opened))
  const korean = koreanTextOf(conversion)
  if (korean) add(koreanTextChanges(opened, korean))
  if (!insertedFiles) return { changes, inserted: [] }
  const inserted = await insertedChanges(opened)
  add(inserted.changes)
  return { changes, inserted: inserted.files }
}

function contentsOf(changes: ReadonlyMap<string, readonly PartChange[]>, { read }: Package) {
  return new Map(
    [...changes].map(([name, all]) => [
      name,
      () => all.reduce((content, change) => change(content), read(name)),
    ]),
  )
}
