import { type Block, countIn, gapsBetween } from '#worker/number-blocks.ts'
import {
  type Area,
  type Axis,
  filledIn,
  MOST_TOLD,
  type OnSheet,
  onArea,
  usedArea,
  visibleCell,
  visibleIn,
} from './cell-areas.ts'
import { getByIndex, getColumns, getRows, getSheets } from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'
import { on, onEach, property, setProperties, type Walk } from './walk.ts'

/** As many blocks are looked into; whatever more is hidden counts as filled. */
const MOST_LOOKED_INTO = 200

/** Rows and columns that are hidden, counted from 0. */
export interface HiddenCells {
  rows: readonly Block[]
  columns: readonly Block[]
  /** How many of them hold something. */
  filled: number
}

/** What is hidden of the first sheet; null where a workbook has none. */
export async function hiddenOnFirstSheet(workbook: RemoteObject, walk: Walk): Promise<HiddenCells | null> {
  return on(walk, await workbook.call(getSheets, [], walk.signal), async sheets =>
    on(walk, referenceIn(await sheets.call(getByIndex, [0], walk.signal)), sheet =>
      hiddenOn({ sheet, walk }),
    ),
  )
}

/** How many rows and columns that hold something are hidden, on sheets that are not. */
export async function countHiddenRows(workbook: RemoteObject, walk: Walk): Promise<number> {
  let count = 0
  await onEach(walk, await workbook.call(getSheets, [], walk.signal), async sheet => {
    if (await property(sheet, 'IsVisible', walk)) count += (await hiddenOn({ sheet, walk })).filled
    return null
  })
  return count
}

/** Shows all rows and columns of all sheets, as far as they are used. */
export async function showHiddenRows(workbook: RemoteObject, walk: Walk): Promise<void> {
  await onEach(walk, await workbook.call(getSheets, [], walk.signal), async sheet =>
    onArea({ sheet, walk }, await usedArea({ sheet, walk }), async range => {
      for (const list of [getColumns, getRows])
        await on(walk, await range.call(list, [], walk.signal), async all => {
          await setProperties(all, { IsVisible: any('boolean', true) }, walk)
          return null
        })
      return null
    }),
  )
}

async function hiddenOn(place: OnSheet): Promise<HiddenCells> {
  const used = await usedArea(place)
  const shown = await visibleCell(place, used)
  // Where no cell is shown nothing tells rows from columns.
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

/** What is hidden along an area that is one cell wide or high. */
async function hiddenAlong(place: OnSheet, area: Area, axis: Axis): Promise<Block[]> {
  const [, last] = axis === 'Row' ? area.rows : area.columns
  const shown: Block[] = []
  for (let first = 0; first <= last; first += MOST_TOLD) {
    const band: Block = [first, Math.min(last, first + MOST_TOLD - 1)]
    const part = axis === 'Row' ? { ...area, rows: band } : { ...area, columns: band }
    shown.push(...(await visibleIn(place, part, axis)))
  }
  return gapsBetween(shown, last)
}
