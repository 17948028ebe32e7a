import { getCount, queryContentCells } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** `CellFlags.DATETIME` */
const DATES = 2

/**
 * Has dates that are wider than their column drawn smaller, where “###” would stand: columns were made wide enough for
 * them in another language.
 */
export async function fitDates(workbook: RemoteObject, walk: Walk): Promise<void> {
  // Loaded to be read only, it would take no other look of cells, and not say so.
  await setProperties(workbook, { IsChangeReadOnlyEnabled: any('boolean', true) }, walk)
  await onSheets(workbook, walk, async sheet => {
    await on(walk, await sheet.call(queryContentCells, [DATES], walk.signal), async cells => {
      if ((await cells.call(getCount, [], walk.signal)) > 0)
        await setProperties(cells, { ShrinkToFit: any('boolean', true) }, walk)
      return null
    })
  })
}
