import {
  calculateAll,
  createCursor,
  getElementNames,
  getPrintAreas,
  getRangeAddress,
  getSheets,
  gotoEndOfUsedArea,
  moveByName,
  setPrintAreas,
} from './methods.ts'
import { onPageStyles } from './paper.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'
import { on, onEach, property, setProperties, type Walk } from './walk.ts'

export interface SheetPaper {
  /** Shrinks until all columns fit on one page; it becomes as many pages long as it needs. */
  fitToWidth: boolean
  landscape: boolean
}

/** Changes the paper of all sheets, which lies in their page styles. */
export function setSheetPaper(
  document: RemoteObject,
  { fitToWidth, landscape }: SheetPaper,
  walk: Walk,
): Promise<void> {
  return onPageStyles(document, walk, async style => {
    if (landscape) await turn(style, walk)
    if (fitToWidth)
      await setProperties(style, { ScaleToPagesX: any('short', 1), ScaleToPagesY: any('short', 0) }, walk)
  })
}

/** Calculates every formula anew, whatever value it came with. */
export function calculate(document: RemoteObject, { signal }: Walk): Promise<void> {
  return document.call(calculateAll, [], signal)
}

/** Prints hidden sheets like all others: what is in use of them, where they have no print area of their own. */
export function showHiddenSheets(workbook: RemoteObject, walk: Walk): Promise<void> {
  return onSheets(workbook, walk, async sheet => {
    if (await property(sheet, 'IsVisible', walk)) return
    await setProperties(sheet, { IsVisible: any('boolean', true) }, walk)
    const areas = await sheet.call(getPrintAreas, [], walk.signal)
    if (areas.length > 0) return
    await on(walk, await sheet.call(createCursor, [], walk.signal), async cursor => {
      await cursor.call(gotoEndOfUsedArea, [true], walk.signal)
      const area = await cursor.call(getRangeAddress, [], walk.signal)
      await sheet.call(setPrintAreas, [[{ ...area, StartColumn: 0, StartRow: 0 }]], walk.signal)
      return null
    })
  })
}

/**
 * Leaves hidden sheets out, which are printed where they have a print area.
 * @returns the numbers of the others, and how many are hidden
 */
export async function leaveHiddenSheetsOut(
  workbook: RemoteObject,
  walk: Walk,
): Promise<{ visible: number[]; hidden: number }> {
  const visible: number[] = []
  let hidden = 0
  await onSheets(workbook, walk, async sheet => {
    if (await property(sheet, 'IsVisible', walk)) return void visible.push(visible.length + hidden + 1)
    hidden++
    await sheet.call(setPrintAreas, [[]], walk.signal)
  })
  return { visible, hidden }
}

/** A step to each sheet, in their order. */
export async function onSheets(
  workbook: RemoteObject,
  walk: Walk,
  step: (sheet: RemoteObject) => Promise<void>,
): Promise<void> {
  await onEach(walk, await workbook.call(getSheets, [], walk.signal), async sheet => {
    await step(sheet)
    return null
  })
}

/** Makes a sheet, counted from 1, the first. Gives false and how many there are when there is no such sheet. */
export async function moveSheetFirst(
  document: RemoteObject,
  number: number,
  walk: Walk,
): Promise<{ moved: boolean; sheets: number }> {
  const moved = await on(walk, await document.call(getSheets, [], walk.signal), async sheets => {
    const names = await sheets.call(getElementNames, [], walk.signal)
    const name = names[number - 1]
    if (name !== undefined && number > 1) await sheets.call(moveByName, [name, 0], walk.signal)
    return { moved: name !== undefined, sheets: names.length }
  })
  return moved ?? { moved: false, sheets: 0 }
}

async function turn(style: RemoteObject, walk: Walk): Promise<void> {
  const [width, height] = [await property(style, 'Width', walk), await property(style, 'Height', walk)]
  if (typeof width !== 'number' || typeof height !== 'number' || width >= height) return
  const turned = { Width: any('long', height), Height: any('long', width) }
  await setProperties(style, { IsLandscape: any('boolean', true), ...turned }, walk)
}
