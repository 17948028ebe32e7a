import { getRenderer, getRendererCount } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import type { UnoStruct, UnoValue } from './values.ts'
import type { Walk } from './walk.ts'

const MODEL = 'com.sun.star.frame.XModel'

/** The cells of a sheet that are printed, as its pages divide them. Lengths in hundredths of a millimetre. */
export interface PrintedCells {
  /** The width of each page's columns by the first of them. */
  readonly columns: Map<number, number>
  /** The height of each page's rows by the first of them. */
  readonly rows: Map<number, number>
}

/** What is printed of each sheet, by its number from 0; nothing of those of which nothing is. */
export async function printedCells(
  workbook: RemoteObject,
  { signal }: Walk,
): Promise<ReadonlyMap<number, PrintedCells>> {
  const selection = { type: MODEL, value: await workbook.reference(MODEL) }
  const pages = await workbook.call(getRendererCount, [selection, []], signal)
  const sheets = new Map<number, PrintedCells>()
  for (let page = 0; page < pages; page++) {
    const facts = await workbook.call(getRenderer, [page, selection, []], signal)
    const [range, size] = [struct(facts, 'SourceRange'), struct(facts, 'CalcPageContentSize')]
    // A page of comments has no cells.
    if (!range || !size) continue
    const cells = sheets.get(Number(range.Sheet)) ?? { columns: new Map(), rows: new Map() }
    cells.columns.set(Number(range.StartColumn), Number(size.Width))
    cells.rows.set(Number(range.StartRow), Number(size.Height))
    sheets.set(Number(range.Sheet), cells)
  }
  return sheets
}

function struct(facts: readonly UnoStruct[], name: string): UnoStruct | undefined {
  const fact = facts.find(({ Name }) => Name === name)?.Value
  const value: UnoValue =
    typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : undefined
  return typeof value === 'object' && value !== null ? (value as UnoStruct) : undefined
}
