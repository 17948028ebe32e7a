import { join } from 'node:path'
import type { Conversion, Converted } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'
import type { Ended } from './sandbox.ts'
import { runWatched } from './watched-program.ts'

export interface PdfWork {
  conversion: Conversion
  options: PagesOptions
}

/**
 * Makes qpdf write a new PDF from others in the slot; `words` contain their paths on this machine, and the new path is
 * appended.
 * @returns the path of the new PDF
 * @throws AppError as of `runPoppler`; the signal's reason
 */
export async function makePdf(
  name: string,
  words: readonly string[],
  { conversion, options }: PdfWork,
): Promise<string> {
  const { directory: slot, target, processor, signal } = conversion
  const path = join(slot, `${name}.${target}`)
  // Warnings about LibreOffice's file are not failures.
  const command = ['qpdf', '--warning-exit-0', ...words, path]
  const inside = command.map(word => options.sandbox.pathInside(slot, word))
  await runPoppler(inside, { ...options, slot, target, processor, signal }, { page: 1 })
  return path
}

/**
 * Runs qpdf to its end with any exit code; warnings are none. All paths in `words` are those inside the sandbox.
 * @throws AppError as of `runWatched`; the signal's reason
 */
export function runQpdf(words: readonly string[], { conversion, options }: PdfWork): Promise<Ended> {
  const { directory: slot, target, processor, signal } = conversion
  const command = ['qpdf', '--warning-exit-0', ...words]
  return runWatched(command, { ...options, slot, target, processor, signal }, 1)
}

/** The same PDF with only these pages, in this order, in a file of this name. @throws as `makePdf` */
export async function pickPages(
  converted: Converted,
  numbers: readonly number[],
  { name, ...work }: PdfWork & { name: string },
): Promise<Converted> {
  const words = [converted.path, '--pages', '.', rangesOf(numbers), '--']
  return { ...converted, path: await makePdf(name, words, work), exported: numbers.length }
}

/** Page ranges for qpdf: a list of all numbers could exceed the length of a command. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = []
  for (const number of numbers) {
    const range = ranges.at(-1)
    if (range?.[1] === number - 1) range[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([first, last]) => `${first}-${last}`).join(',')
}
