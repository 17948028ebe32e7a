import {
  getByIndex,
  getCellByPosition,
  getCount,
  getName,
  getPrintAreas,
  getRenderer,
  getSheets,
  XINTERFACE,
} from './methods.ts'
import type { PageSize } from './page-size.ts'
import { structNamed } from './printed-cells.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, properties } from './values.ts'
import { on, property, type Walk } from './walk.ts'

/** A sheet that is too large to be divided into pages. */
export interface SparseSheet {
  name: string
  /** The last cell that would be printed, such as XFD1048576. */
  cell: string
  /** How many pages there would be, with those that are empty. */
  pages: number
}

/**
 * For each page that is empty LibreOffice looks for text that flows into it from all pages on its left: its time grows
 * with the square of how many pages stand side by side. Measured, this takes minutes; a sheet that is full does not
 * come near it.
 */
const MOST_LOOKS = 5e8

/**
 * The first sheet that would keep LibreOffice busy for minutes or hours with pages that are empty, for one cell far
 * away; null where there is none. Those that have a print area are not meant.
 */
export async function findSparseSheet(
  workbook: RemoteObject,
  { page, withHidden }: { page: PageSize; withHidden: boolean },
  walk: Walk,
): Promise<SparseSheet | null> {
  return on(walk, await workbook.call(getSheets, [], walk.signal), async sheets => {
    for (const { number, right, bottom, cell } of await printedEnds(workbook, sheets, walk)) {
      const [across, down] = [Math.ceil(right / page.width), Math.ceil(bottom / page.height)]
      if (across * across * down <= MOST_LOOKS) continue
      const name = await on(
        walk,
        referenceIn(await sheets.call(getByIndex, [number], walk.signal)),
        async sheet => {
          if (!withHidden && !(await property(sheet, 'IsVisible', walk))) return null
          if ((await sheet.call(getPrintAreas, [], walk.signal)).length > 0) return null
          return sheet.call(getName, [], walk.signal)
        },
      )
      if (name !== null) return { name, cell, pages: across * down }
    }
    return null
  })
}

interface End {
  number: number
  /** From the first cell, in hundredths of a millimetre. */
  right: number
  bottom: number
  cell: string
}

/**
 * Where what is to be printed ends on each sheet. LibreOffice tells this of a page that is a whole sheet, without
 * dividing any into pages where a single cell is to be printed.
 */
async function printedEnds(workbook: RemoteObject, sheets: RemoteObject, walk: Walk): Promise<End[]> {
  const { signal } = walk
  const options = properties({ SinglePageSheets: any('boolean', true) })
  const ends: End[] = []
  await on(walk, referenceIn(await sheets.call(getByIndex, [0], signal)), async sheet => {
    const cell = await sheet.call(getCellByPosition, [0, 0], signal)
    return on(walk, cell, async () => {
      const count = await sheets.call(getCount, [], signal)
      for (let number = 0; number < count; number++) {
        const facts = await workbook.call(
          getRenderer,
          [number, { type: XINTERFACE, value: cell }, options],
          signal,
        )
        const names = ['SourceRange', 'CalcPagePos', 'CalcPageContentSize']
        const [range, start, size] = names.map(name => structNamed(facts, name))
        if (!range || !start || !size) continue
        // Of sheets from right to left it counts below zero.
        const right = Math.abs(Number(start.X)) + Number(size.Width)
        const bottom = Number(start.Y) + Number(size.Height)
        ends.push({ number, right, bottom, cell: cellName(Number(range.EndColumn), Number(range.EndRow)) })
      }
      return null
    })
  })
  return ends
}

/** As a spreadsheet names the cell of a column and a row, both counted from 0. */
function cellName(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row + 1}`
}
