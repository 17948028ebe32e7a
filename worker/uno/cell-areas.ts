import type { NumberBlock } from '#worker/number-blocks.ts'
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
import { type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { UnoStruct } from './values.ts'

export type Axis = 'Row' | 'Column'

/** An area of cells in a sheet; both ranges count from 0. */
export interface Area {
  rows: NumberBlock
  columns: NumberBlock
}

/** A sheet, and the session for calls on it. */
export interface SheetContext {
  sheet: RemoteObject
  session: UnoSession
}

/** The most areas in one message. */
export const MAX_REPORTED = 2000
/** `com.sun.star.sheet.CellFlags`: numbers, dates, texts and formulas. */
const CONTENT = 1 | 2 | 4 | 16

/** From the first cell to the last used one. */
export async function usedArea({ sheet, session }: SheetContext): Promise<Area> {
  const end = await withObject(session, await sheet.call(createCursor, [], session.signal), async cursor => {
    await cursor.call(gotoEndOfUsedArea, [false], session.signal)
    return cursor.call(getRangeAddress, [], session.signal)
  })
  return { rows: [0, Number(end?.EndRow ?? 0)], columns: [0, Number(end?.EndColumn ?? 0)] }
}

export async function onArea<T>(
  { sheet, session }: SheetContext,
  { rows, columns }: Area,
  step: (range: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  const corners = [columns[0], rows[0], columns[1], rows[1]] as const
  return withObject(session, await sheet.call(getCellRangeByPosition, corners, session.signal), step)
}

/** Some visible cell; null where there is none. */
export function visibleCell(
  place: SheetContext,
  area: Area,
): Promise<{ row: number; column: number } | null> {
  const { session } = place
  return onArea(place, area, async range =>
    withObject(session, await range.call(queryVisibleCells, [], session.signal), async parts => {
      if ((await parts.call(getCount, [], session.signal)) === 0) return null
      return withObject(
        session,
        referenceIn(await parts.call(getByIndex, [0], session.signal)),
        async part => {
          const { StartRow, StartColumn } = await part.call(getRangeAddress, [], session.signal)
          return { row: Number(StartRow), column: Number(StartColumn) }
        },
      )
    }),
  )
}

/** The visible rows or columns of an area, at most `MAX_REPORTED`. */
export async function visibleIn(place: SheetContext, area: Area, axis: Axis): Promise<NumberBlock[]> {
  const { session } = place
  const blocks = await onArea(place, area, async range =>
    withObject(session, await range.call(queryVisibleCells, [], session.signal), parts =>
      blocksOf(parts, axis, session),
    ),
  )
  return blocks ?? []
}

/** The rows or columns of an area with content; null where they are too many areas for one message. */
export function filledIn(place: SheetContext, area: Area, axis: Axis): Promise<NumberBlock[] | null> {
  const { session } = place
  return onArea(place, area, async range =>
    withObject(session, await range.call(queryContentCells, [CONTENT], session.signal), async parts => {
      const isStated = (await parts.call(getCount, [], session.signal)) <= MAX_REPORTED
      return isStated ? blocksOf(parts, axis, session) : null
    }),
  )
}

async function blocksOf(parts: RemoteObject, axis: Axis, { signal }: UnoSession): Promise<NumberBlock[]> {
  const addresses: readonly UnoStruct[] = await parts.call(getRangeAddresses, [], signal)
  return addresses.map(address => [Number(address[`Start${axis}`]), Number(address[`End${axis}`])])
}
