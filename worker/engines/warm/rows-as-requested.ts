/** Shows or omits a workbook's hidden rows and columns. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { delimiterWritten } from '#worker/engines/plain-text.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import { CellRemover, type LeftOut } from '#worker/tables/leave-out.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { countHiddenRows, hiddenOnFirstSheet, showHiddenRows } from '#worker/uno/hidden-rows.ts'

/** Whether rows must be shown, which requires an editable document. */
export function showsRows({ hasHiddenRows, options = {} }: Conversion): boolean {
  return hasHiddenRows === true && options.hiddenRows === true
}

/** @returns what to remove from the CSV, because LibreOffice writes everything */
export async function rowsAsRequested(
  document: OfficeDocument,
  conversion: Conversion,
): Promise<LeftOut | undefined> {
  const { hasHiddenRows = false, target, signal, onNote } = conversion
  const isTable = target === 'csv'
  if (!hasHiddenRows || !(isTable || PDF_TARGETS.includes(target))) return undefined
  // A workbook that is marked as read-only may keep them hidden.
  if (showsRows(conversion)) await document.withModel(showHiddenRows, signal)
  const hidden = isTable ? await document.withModel(hiddenOnFirstSheet, signal) : null
  const count = isTable ? (hidden?.filled ?? 0) : await document.withModel(countHiddenRows, signal)
  if (count > 0) onNote?.(note('hidden_rows_left_out', { count }))
  return hidden && !showsRows(conversion) ? hidden : undefined
}

/** Removes what the CSV must omit; returns its path. @throws the signal's reason */
export async function withoutRows(
  path: string,
  leftOut: LeftOut,
  { options = {}, signal }: Pick<Conversion, 'options' | 'signal'>,
): Promise<string> {
  if (leftOut.rows.length + leftOut.columns.length === 0) return path
  const remover = new CellRemover(delimiterWritten(options), leftOut)
  const remove = async function* (chunks: AsyncIterable<Buffer>) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    for await (const chunk of chunks) yield remover.write(decoder.decode(chunk, { stream: true }))
  }
  const shown = `${path}.shown`
  const file = await openInSlot(path)
  await pipeline(file.createReadStream(), remove, createWriteStream(shown, { flags: 'wx' }), { signal })
  return shown
}
