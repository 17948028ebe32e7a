import { join } from 'node:path'
import type { Conversion } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'

export interface PdfWork {
  conversion: Conversion
  options: PagesOptions
}

/**
 * Has qpdf make a PDF of others in the slot; `words` name them by our paths, and the new one comes last.
 * @returns where it lies
 * @throws AppError as of `runPoppler`; the signal's reason
 */
export async function makePdf(
  name: string,
  words: readonly string[],
  { conversion, options }: PdfWork,
): Promise<string> {
  const { directory: slot, target, processor, signal } = conversion
  const path = join(slot, `${name}.${target}`)
  // What it mended in LibreOffice's file is no failure.
  const command = ['qpdf', '--warning-exit-0', ...words, path]
  const inside = command.map(word => options.sandbox.pathInside(slot, word))
  await runPoppler(inside, { ...options, slot, target, processor, signal }, { page: 1 })
  return path
}
