import { AppError } from '#lib/vocabulary/errors.ts'
import { pageNumbers } from '#lib/vocabulary/formats.ts'

/** A page of a PDF: `at` in the file, `number` in the document, and the name of its picture without extension. */
export interface SelectedPage {
  at: number
  number: number
  name: string
}

export interface Printed {
  /** The page count of the PDF. */
  count: number
  /** Their numbers in the document, where these are not all. */
  numbers?: readonly number[] | undefined
  /** Such as `slide`. */
  unit: string
}

/**
 * The requested pages of a PDF, in the requested order.
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
