import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { countHashCells } from '#worker/uno/hash-cells.ts'
import { countHashes } from '#worker/wide-numbers.ts'

/** Notes how many numbers of a workbook are printed as `###` because they are wider than their columns. */
export async function noteWideNumbers(
  document: OfficeDocument,
  pdf: string,
  { signal, onNote }: Pick<Conversion, 'signal' | 'onNote'>,
): Promise<void> {
  const drawn = await countHashes(pdf)
  if (drawn === 0) return
  const own = await document.withModel(countHashCells, signal)
  if (drawn > own) onNote?.(note('numbers_too_wide', { count: drawn - own }))
}
