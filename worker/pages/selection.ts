import { AppError } from '#lib/vocabulary/errors.ts'
import { pageNumbers } from '#lib/vocabulary/formats.ts'

/** A page of a PDF: `at` in the file, `number` in the document, and the name of its picture without an ending. */
export interface SelectedPage {
  at: number
  number: number
  name: string
}

export interface Printed {
  /** How many pages the PDF has. */
  count: number
  /** Which pages of the document those are, where they are not all. */
  numbers?: readonly number[] | undefined
  /** Such as `slide`. */
  unit: string
}

/**
 * The pages of a PDF that are asked for, in the order in which they are.
 * @throws AppError `no_such_page`
 */
export function selectPages(requested: string, { count, numbers, unit }: Printed): SelectedPage[] {
  const chosen =
    numbers?.length === count
      ? numbers.map((number, index) => ({ number, at: index + 1 }))
      : all(requested, count)
  const width = Math.max(2, String(Math.max(...chosen.map(({ number }) => number))).length)
  return chosen.map(({ number, at }) => ({
    number,
    at,
    name: `${unit}-${String(number).padStart(width, '0')}`,
  }))
}

function all(requested: string, count: number): { number: number; at: number }[] {
  const { numbers, missing } = pageNumbers(requested, count)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last: count } })
  return numbers.map(number => ({ number, at: number }))
}
