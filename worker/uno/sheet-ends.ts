import { getByIndex, getCellByPosition, getCount, getRenderer, getSheets, XINTERFACE } from './methods.ts'
import { structNamed } from './printed-cells.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, properties } from './values.ts'

/** The end of a sheet's printable content, from its first cell, in hundredths of a millimetre. */
export interface SheetEnd {
  /** Counted from 0. */
  number: number
  right: number
  bottom: number
  /** The last cell, such as XFD1048576. */
  cell: string
}

/**
 * The end of each sheet with printable content, ignoring print areas and text that overflows to the right. LibreOffice
 * reports this for a page that covers a whole sheet, and divides nothing into pages while only a single cell is
 * printed.
 */
export async function sheetEnds(workbook: RemoteObject, session: UnoSession): Promise<SheetEnd[]> {
  const { signal } = session
  const options = properties({ SinglePageSheets: any('boolean', true) })
  const ends: SheetEnd[] = []
  await withObject(session, await workbook.call(getSheets, [], signal), async sheets =>
    withObject(session, referenceIn(await sheets.call(getByIndex, [0], signal)), async sheet => {
      const cell = await sheet.call(getCellByPosition, [0, 0], signal)
      return withObject(session, cell, async () => {
        const count = await sheets.call(getCount, [], signal)
        for (let number = 0; number < count; number++) {
          const selection = { type: XINTERFACE, value: cell }
          const facts = await workbook.call(getRenderer, [number, selection, options], signal)
          const names = ['SourceRange', 'CalcPagePos', 'CalcPageContentSize']
          const [range, start, size] = names.map(name => structNamed(facts, name))
          if (!range || !start || !size) continue
          // On sheets from right to left it counts below zero.
          const right = Math.abs(Number(start.X)) + Number(size.Width)
          const bottom = Number(start.Y) + Number(size.Height)
          ends.push({ number, right, bottom, cell: cellName(Number(range.EndColumn), Number(range.EndRow)) })
        }
        return null
      })
    }),
  )
  return ends
}

/** The name of the cell in a column and a row, both counted from 0. */
function cellName(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row + 1}`
}
