import {
  createSearchDescriptor,
  findAll,
  getRangeAddresses,
  SEARCH_DESCRIPTOR,
  setSearchString,
} from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** Of a search in a sheet: not in formulas but in what its cells show. */
const VALUES = 1

/** How many cells of a workbook say `###` by themselves. */
export async function countHashCells(workbook: RemoteObject, walk: Walk): Promise<number> {
  const { signal } = walk
  let count = 0
  await onSheets(workbook, walk, async sheet => {
    await on(walk, await sheet.call(createSearchDescriptor, [], signal), async descriptor => {
      await setProperties(
        descriptor,
        { SearchType: any('short', VALUES), SearchWords: any('boolean', true) },
        walk,
      )
      await descriptor.call(setSearchString, ['###'], signal)
      const reference = await descriptor.reference(SEARCH_DESCRIPTOR)
      await on(walk, await sheet.call(findAll, [reference], signal), async cells => {
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
