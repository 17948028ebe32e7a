/**
 * Packages with an uncompressed part whose size follows its data, as programs write them that do not know the size in
 * advance. LibreOffice 25.2 opens none of them, so it receives a copy with the size in the header. A wrapper around
 * another engine.
 */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { carefully } from '#lib/scan/source.ts'
import { inOrder } from '#lib/scan/window.ts'
import { openArchive } from '#lib/scan/zip.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'
import { copyArchive } from './package-copies/zip-copy.ts'

/** The same engine, which opens such packages. */
export function withRepairedSizes(engine: Engine): Engine {
  return withConvert(engine, async conversion =>
    engine.convert(
      conversion.sizesFollow ? { ...conversion, sourcePath: await repaired(conversion) } : conversion,
    ),
  )
}

async function repaired({ sourcePath, directory, format }: Conversion): Promise<string> {
  const file = await open(sourcePath)
  try {
    const source = await sourceOfFile(file)
    const path = join(directory, `repaired.${format}`)
    await copyArchive(await openArchive(carefully(source)), inOrder(source), { path, changed: new Map() })
    return path
  } finally {
    await file.close()
  }
}
