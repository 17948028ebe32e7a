import type { Block } from '#worker/number-blocks.ts'
import {
  createCursor,
  getByIndex,
  getCellRangeByPosition,
  getCount,
  getRangeAddress,
  getRangeAddresses,
  gotoEndOfUsedArea,
  queryContentCells,
  queryVisibleCells,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { UnoStruct } from './values.ts'
import { on, type Walk } from './walk.ts'

export type Axis = 'Row' | 'Column'

/** Of the cells of a sheet; both counted from 0. */
export interface Area {
  rows: Block
  columns: Block
}

/** A sheet, and the way to its cells. */
export interface OnSheet {
  sheet: RemoteObject
  walk: Walk
}

/** As many areas as one message may tell. */
export const MOST_TOLD = 2000
/** `com.sun.star.sheet.CellFlags`: numbers, dates, texts and formulas. */
const CONTENT = 1 | 2 | 4 | 16

/** From the first cell to the last that is used. */
export async function usedArea({ sheet, walk }: OnSheet): Promise<Area> {
  const end = await on(walk, await sheet.call(createCursor, [], walk.signal), async cursor => {
    await cursor.call(gotoEndOfUsedArea, [false], walk.signal)
    return cursor.call(getRangeAddress, [], walk.signal)
  })
  return { rows: [0, Number(end?.EndRow ?? 0)], columns: [0, Number(end?.EndColumn ?? 0)] }
}

export async function onArea<T>(
  { sheet, walk }: OnSheet,
  { rows, columns }: Area,
  step: (range: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  const corners = [columns[0], rows[0], columns[1], rows[1]] as const
  return on(walk, await sheet.call(getCellRangeByPosition, corners, walk.signal), step)
}

/** Some cell that is shown; null where none is. */
export function visibleCell(place: OnSheet, area: Area): Promise<{ row: number; column: number } | null> {
  const { walk } = place
  return onArea(place, area, async range =>
    on(walk, await range.call(queryVisibleCells, [], walk.signal), async parts => {
      if ((await parts.call(getCount, [], walk.signal)) === 0) return null
      return on(walk, referenceIn(await parts.call(getByIndex, [0], walk.signal)), async part => {
        const { StartRow, StartColumn } = await part.call(getRangeAddress, [], walk.signal)
        return { row: Number(StartRow), column: Number(StartColumn) }
      })
    }),
  )
}

/** Which rows or columns of an area, no more than `MOST_TOLD`, are shown. */
export async function visibleIn(place: OnSheet, area: Area, axis: Axis): Promise<Block[]> {
  const { walk } = place
  const blocks = await onArea(place, area, async range =>
    on(walk, await range.call(queryVisibleCells, [], walk.signal), parts => blocksOf(parts, axis, walk)),
  )
  return blocks ?? []
}

/** Which rows or columns of an area hold something; null where they are too many parts to be told. */
export function filledIn(place: OnSheet, area: Area, axis: Axis): Promise<Block[] | null> {
  const { walk } = place
  return onArea(place, area, async range =>
    on(walk, await range.call(queryContentCells, [CONTENT], walk.signal), async parts => {
      const isTold = (await parts.call(getCount, [], walk.signal)) <= MOST_TOLD
      return isTold ? blocksOf(parts, axis, walk) : null
    }),
  )
}

async function blocksOf(parts: RemoteObject, axis: Axis, { signal }: Walk): Promise<Block[]> {
  const addresses: readonly UnoStruct[] = await parts.call(getRangeAddresses, [], signal)
  return addresses.map(address => [Number(address[`Start${axis}`]), Number(address[`End${axis}`])])
}
