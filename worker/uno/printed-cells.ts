import { getRenderer, getRendererCount } from './methods.ts'
import type { UnoSession } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import type { UnoStruct, UnoValue } from './values.ts'

const MODEL = 'com.sun.star.frame.XModel'

/** The printed cells of a sheet, as its pages divide them. Lengths in hundredths of a millimetre. */
export interface PrintedCells {
  /** The width of each page's columns, by its first column. */
  readonly columns: Map<number, number>
  /** The height of each page's rows, by its first row. */
  readonly rows: Map<number, number>
  /** All printed cells, from the first cell of the sheet on: a CellRangeAddress. */
  area: UnoStruct
}

/** The printed cells of each sheet, by its number from 0; sheets that are not printed are missing. */
export async function printedCells(
  workbook: RemoteObject,
  { signal }: UnoSession,
): Promise<ReadonlyMap<number, PrintedCells>> {
  const selection = { type: MODEL, value: await workbook.reference(MODEL) }
  const pages = await workbook.call(getRendererCount, [selection, []], signal)
  const sheets = new Map<number, PrintedCells>()
  for (let page = 0; page < pages; page++) {
    const facts = await workbook.call(getRenderer, [page, selection, []], signal)
    const [range, size] = [structNamed(facts, 'SourceRange'), structNamed(facts, 'CalcPageContentSize')]
    // A page of comments has no cells.
    if (!range || !size) continue
    const number = Number(range.Sheet)
    const { columns, rows, area } = sheets.get(number) ?? { columns: new Map(), rows: new Map(), area: range }
    columns.set(Number(range.StartColumn), Number(size.Width))
    rows.set(Number(range.StartRow), Number(size.Height))
    sheets.set(number, { columns, rows, area: extended(area, range) })
  }
  return sheets
}

function extended(area: UnoStruct, range: UnoStruct): UnoStruct {
  const last = (end: string) => Math.max(Number(area[end]), Number(range[end]))
  return { ...range, StartColumn: 0, StartRow: 0, EndColumn: last('EndColumn'), EndRow: last('EndRow') }
}

/** A struct by name among LibreOffice's facts of a page. */
export function structNamed(facts: readonly UnoStruct[], name: string): UnoStruct | undefined {
  const fact = facts.find(({ Name }) => Name === name)?.Value
  const value: UnoValue =
    typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : undefined
  return typeof value === 'object' && value !== null ? (value as UnoStruct) : undefined
}
