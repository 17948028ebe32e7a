/**
 * Excel formulas that print the workbook's path. Calculated here they would print the copy's path, so the cell keeps
 * the stored value.
 */
import { ASKS_FILE_NAME } from '#lib/scan/field-finder.ts'
import { rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i
const FILE_NAME_FORMULA = new RegExp(ASKS_FILE_NAME, 'i')
const LONGEST_CELL = 64 * 1024

/** Removes such formulas from all sheets, where the cell has a value. */
export async function cellChanges({ names }: Package): Promise<Map<string, PartChange>> {
  return new Map(names(SHEET).map(name => [name, content => withValues(content)]))
}

function withValues(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let cell: string | undefined
  return rewritten(content, ({ kind, name, text }: Token) => {
    if (name === 'c' && kind === 'open') {
      cell = text
      return ''
    }
    if (cell === undefined) return text
    cell += text
    if (!(name === 'c' && kind === 'close') && cell.length < LONGEST_CELL) return ''
    const whole = withValue(cell)
    cell = undefined
    return whole
  })
}

/** A formula that other cells share stays. Programs that do not calculate write a zero. */
function withValue(cell: string): string {
  const [formula = '', open = ''] = /<((?:\w+:)?f\b[^>]*)>[^<]*<\/(?:\w+:)?f>/.exec(cell) ?? []
  const hasValue = /<(?:\w+:)?v>(?!0<)[^<]/.test(cell)
  return FILE_NAME_FORMULA.test(formula) && hasValue && !open.includes('"shared"')
    ? cell.replace(formula, '')
    : cell
}
