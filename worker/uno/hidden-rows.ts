import { countIn, gapsBetween, type NumberBlock } from '#worker/number-blocks.ts'
import {
  type Area,
  type Axis,
  filledIn,
  MAX_REPORTED,
  onArea,
  type SheetContext,
  usedArea,
  visibleCell,
  visibleIn,
} from './cell-areas.ts'
import { getByIndex, getColumns, getRows, getSheets } from './methods.ts'
import { getProperty, setProperties, type UnoSession, withEach, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'

/** The most blocks that are inspected; further hidden ones count as filled. */
const MOST_LOOKED_INTO = 200

/** Hidden rows and columns, counted from 0. */
export interface HiddenCells {
  rows: readonly NumberBlock[]
  columns: readonly NumberBlock[]
  /** How many of them have content. */
  filled: number
}

/** The hidden rows and columns of the first sheet; null where a workbook has none. */
export async function hiddenOnFirstSheet(
  workbook: RemoteObject,
  session: UnoSession,
): Promise<HiddenCells | null> {
  return withObject(session, await workbook.call(getSheets, [], session.signal), async sheets =>
    withObject(session, referenceIn(await sheets.call(getByIndex, [0], session.signal)), sheet =>
      hiddenOn({ sheet, session }),
    ),
  )
}

/** The number of hidden rows and columns with content, on visible sheets. */
export async function countHiddenRows(workbook: RemoteObject, session: UnoSession): Promise<number> {
  let count = 0
  await withEach(session, await workbook.call(getSheets, [], session.signal), async sheet => {
    if (await getProperty(sheet, 'IsVisible', session)) count += (await hiddenOn({ sheet, session })).filled
    return null
  })
  return count
}

/** Shows all used rows and columns of all sheets. */
export async function showHiddenRows(workbook: RemoteObject, session: UnoSession): Promise<void> {
  await withEach(session, await workbook.call(getSheets, [], session.signal), async sheet =>
    onArea({ sheet, session }, await usedArea({ sheet, session }), async range => {
      for (const list of [getColumns, getRows])
        await withObject(session, await range.call(list, [], session.signal), async all => {
          await setProperties(all, { IsVisible: any('boolean', true) }, session)
          return null
        })
      return null
    }),
  )
}

async function hiddenOn(place: SheetContext): Promise<HiddenCells> {
  const used = await usedArea(place)
  const shown = await visibleCell(place, used)
  // Without a visible cell, rows and columns cannot be distinguished.
  const rows = shown
    ? await hiddenAlong(place, { ...used, columns: [shown.column, shown.column] }, 'Row')
    : [used.rows]
  const columns = shown ? await hiddenAlong(place, { ...used, rows: [shown.row, shown.row] }, 'Column') : []
  const areas = [
    ...rows.map(block => ({ axis: 'Row' as const, area: { ...used, rows: block } })),
    ...columns.map(block => ({ axis: 'Column' as const, area: { ...used, columns: block } })),
  ]
  let filled = 0
  for (const [index, { axis, area }] of areas.entries()) {
    const all = [axis === 'Row' ? area.rows : area.columns]
    const blocks = index < MOST_LOOKED_INTO ? await filledIn(place, area, axis) : null
    filled += countIn(blocks ?? all)
  }
  return { rows, columns, filled }
}

/** The hidden ones along an area that is one cell wide or high. */
async function hiddenAlong(place: SheetContext, area: Area, axis: Axis): Promise<NumberBlock[]> {
  const [, last] = axis === 'Row' ? area.rows : area.columns
  const shown: NumberBlock[] = []
  for (let first = 0; first <= last; first += MAX_REPORTED) {
    const band: NumberBlock = [first, Math.min(last, first + MAX_REPORTED - 1)]
    const part = axis === 'Row' ? { ...area, rows: band } : { ...area, columns: band }
    shown.push(...(await visibleIn(place, part, axis)))
  }
  return gapsBetween(shown, last)
}
