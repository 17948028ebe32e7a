import {
  createSearchDescriptor,
  findAll,
  getRangeAddresses,
  SEARCH_DESCRIPTOR,
  setSearchString,
} from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'

/** Searches displayed values, not formulas. */
const VALUES = 1

/** The number of a workbook's cells whose own value is `###`. */
export async function countHashCells(workbook: RemoteObject, session: UnoSession): Promise<number> {
  const { signal } = session
  let count = 0
  await onSheets(workbook, session, async sheet => {
    await withObject(session, await sheet.call(createSearchDescriptor, [], signal), async descriptor => {
      await setProperties(
        descriptor,
        { SearchType: any('short', VALUES), SearchWords: any('boolean', true) },
        session,
      )
      await descriptor.call(setSearchString, ['###'], signal)
      const reference = await descriptor.reference(SEARCH_DESCRIPTOR)
      await withObject(session, await sheet.call(findAll, [reference], signal), async cells => {
        for (const area of await cells.call(getRangeAddresses, [], signal)) count += sizeOf(area)
        return null
      })
      return null
    })
  })
  return count
}

function sizeOf({ StartColumn, EndColumn, StartRow, EndRow }: Record<string, unknown>): number {
  return (Number(EndColumn) - Number(StartColumn) + 1) * (Number(EndRow) - Number(StartRow) + 1)
}
