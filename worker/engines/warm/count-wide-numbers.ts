import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { countHashCells } from '#worker/uno/hash-cells.ts'
import { countHashes } from '#worker/wide-numbers.ts'

/** Notes how many numbers of a workbook are printed as `###` because they are wider than their columns. */
export async function noteWideNumbers(
  document: OfficeDocument,
  pdf: string,
  conversion: Pick<Conversion, 'signal' | 'onNote'>,
): Promise<void> {
  const drawn = await countHashes(pdf)
  if (drawn === 0) return
  noteHashes({ drawn, own: await document.withModel(countHashCells, conversion.signal) }, conversion)
}

/** The same where the texts `###` and the cells that have this as their own value are counted. */
export function noteHashes(
  { drawn, own }: { drawn: number; own: number },
  { onNote }: Pick<Conversion, 'onNote'>,
): void {
  if (drawn > own) onNote?.(note('numbers_too_wide', { count: drawn - own }))
}
