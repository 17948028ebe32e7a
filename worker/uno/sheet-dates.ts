import { getCount, queryContentCells } from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'

/** `CellFlags.DATETIME` */
const DATES = 2

/**
 * Shrinks dates that are wider than their column and would be drawn as “###”: the columns were sized for another
 * language.
 */
export async function fitDates(workbook: RemoteObject, session: UnoSession): Promise<void> {
  // In a document loaded as read-only, cell formats would silently stay unchanged.
  await setProperties(workbook, { IsChangeReadOnlyEnabled: any('boolean', true) }, session)
  await onSheets(workbook, session, async sheet => {
    await withObject(session, await sheet.call(queryContentCells, [DATES], session.signal), async cells => {
      if ((await cells.call(getCount, [], session.signal)) > 0)
        await setProperties(cells, { ShrinkToFit: any('boolean', true) }, session)
      return null
    })
  })
}
