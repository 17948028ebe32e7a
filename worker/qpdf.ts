import { join } from 'node:path'
import type { Conversion, Converted } from './engine.ts'
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

/** The same PDF with these of its pages alone, in this order, in a file of this name. @throws as `makePdf` */
export async function pickPages(
  converted: Converted,
  numbers: readonly number[],
  { name, ...work }: PdfWork & { name: string },
): Promise<Converted> {
  const words = [converted.path, '--pages', '.', rangesOf(numbers), '--']
  return { ...converted, path: await makePdf(name, words, work), exported: numbers.length }
}

/** As qpdf is told of them: a list of all would be longer than a command may be. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = []
  for (const number of numbers) {
    const range = ranges.at(-1)
    if (range?.[1] === number - 1) range[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([first, last]) => `${first}-${last}`).join(',')
}
