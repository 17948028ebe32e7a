import { rename } from 'node:fs/promises'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion, Converted, RangeFile } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { countHashCells } from '#worker/uno/hash-cells.ts'
import { countPrinted } from '#worker/uno/printed-pages.ts'
import { countHashes } from '#worker/wide-numbers.ts'

export interface RangesToStore extends Pick<Conversion, 'ranges' | 'target' | 'signal'> {
  kind: DocumentKind
  /** Where each file is written, because its size is watched there, before it gets a name of its own. */
  path: string
  store(to: { path: string; pages: string | undefined }): Promise<void>
}

/**
 * Exports a workbook in the ranges of its conversion.
 * @returns undefined where it has none or is no workbook, and nothing was exported
 * @throws UnoError, ProtocolError, the signal's reason
 */
export async function storeRanges(
  document: OfficeDocument,
  { ranges: rangesOf, kind, target, path, signal, store }: RangesToStore,
): Promise<Converted | undefined> {
  if (!rangesOf || kind !== 'spreadsheet' || !PDF_TARGETS.includes(target)) return undefined
  const ranges = rangesOf(await document.withModel(countPrinted, signal))
  const files: RangeFile[] = []
  for (let next = await ranges.next(); !next.done; ) {
    await store({ path, pages: next.value })
    const file = `${path}-${files.length}`
    await rename(path, file)
    const stored = { path: file, hashes: await countHashes(file) }
    files.push(stored)
    next = await ranges.next(stored)
  }
  const hasHashes = files.some(({ hashes }) => hashes > 0)
  const hashCells = hasHashes ? await document.withModel(countHashCells, signal) : undefined
  return { path: files.at(-1)?.path ?? path, hashCells }
}
