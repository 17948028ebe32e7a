import { AppError } from '#lib/vocabulary/errors.ts'
import { MarkCounter, type Marks } from './marks.ts'
import { records, type TableDialect, UnclosedQuote } from './records.ts'
import { WIDEST, widthOf } from './width.ts'

/** The row limit of LibreOffice and Excel. */
const MOST_ROWS = 1_048_576
const MOST_COLUMNS = 16_384

/** What must be known of a table before its first cell is written. */
export interface TableSurvey {
  dialect: TableDialect
  marks: Marks
  /** The width of each column, in digits. */
  widths: number[]
}

/**
 * Reads a table once.
 * @throws AppError `table_too_large`; the signal's reason
 */
export async function survey(path: string, delimiter: string, signal: AbortSignal): Promise<TableSurvey> {
  const look = (quotes: boolean) => readThrough(path, { delimiter, quotes }, signal)
  return look(true).catch(error => {
    if (error instanceof UnclosedQuote) return look(false)
    throw error
  })
}

async function readThrough(path: string, dialect: TableDialect, signal: AbortSignal): Promise<TableSurvey> {
  const counter = new MarkCounter()
  const widths: number[] = []
  let rows = 0
  let columns = 0
  for await (const record of records(path, dialect, signal)) {
    rows++
    if (record.length > columns) columns = record.length
    if (columns > MOST_COLUMNS) continue
    for (const [column, cell] of record.entries()) {
      counter.add(cell)
      const width = widths[column] ?? 0
      if (width < WIDEST && cell.length * 2 > width) widths[column] = Math.max(width, widthOf(cell))
    }
  }
  if (rows > MOST_ROWS || columns > MOST_COLUMNS)
    throw new AppError('table_too_large', {
      details: { rows: rows.toLocaleString('en'), columns: columns.toLocaleString('en') },
    })
  return {
    dialect,
    marks: counter.marks(dialect.delimiter),
    widths: Array.from({ length: columns }, (_, column) => widths[column] ?? 0),
  }
}
