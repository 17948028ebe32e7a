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
import { getProperty, setProperties, type UnoSession, withEach, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'

export interface SheetPaper {
  /** Shrinks until all columns fit on one page; the number of pages below is not limited. */
  fitToWidth: boolean
  landscape: boolean
}

/** Changes the paper of all sheets, which is part of their page styles. */
export function setSheetPaper(
  document: RemoteObject,
  { fitToWidth, landscape }: SheetPaper,
  session: UnoSession,
): Promise<void> {
  return onPageStyles(document, session, async style => {
    if (landscape) await turn(style, session)
    if (fitToWidth)
      await setProperties(style, { ScaleToPagesX: any('short', 1), ScaleToPagesY: any('short', 0) }, session)
  })
}

/** Recalculates every formula, whatever its stored value. */
export function calculate(document: RemoteObject, { signal }: UnoSession): Promise<void> {
  return document.call(calculateAll, [], signal)
}

/** Prints hidden sheets like all others: their used cells, where they have no print area. */
export function showHiddenSheets(workbook: RemoteObject, session: UnoSession): Promise<void> {
  return onSheets(workbook, session, async sheet => {
    if (await getProperty(sheet, 'IsVisible', session)) return
    await setProperties(sheet, { IsVisible: any('boolean', true) }, session)
    const areas = await sheet.call(getPrintAreas, [], session.signal)
    if (areas.length > 0) return
    await withObject(session, await sheet.call(createCursor, [], session.signal), async cursor => {
      await cursor.call(gotoEndOfUsedArea, [true], session.signal)
      const area = await cursor.call(getRangeAddress, [], session.signal)
      await sheet.call(setPrintAreas, [[{ ...area, StartColumn: 0, StartRow: 0 }]], session.signal)
      return null
    })
  })
}

/** Excludes hidden sheets, which are printed where they have a print area. Returns how many there are. */
export async function leaveHiddenSheetsOut(workbook: RemoteObject, session: UnoSession): Promise<number> {
  let hidden = 0
  await onSheets(workbook, session, async sheet => {
    if (await getProperty(sheet, 'IsVisible', session)) return
    hidden++
    await sheet.call(setPrintAreas, [[]], session.signal)
  })
  return hidden
}

/** Runs a step for each sheet, numbered from 0. */
export async function onSheets(
  workbook: RemoteObject,
  session: UnoSession,
  step: (sheet: RemoteObject, number: number) => Promise<void>,
): Promise<void> {
  await withEach(session, await workbook.call(getSheets, [], session.signal), async (sheet, number) => {
    await step(sheet, number)
    return null
  })
}

/** Moves a sheet, counted from 1, to the front. Returns false and the number of sheets when there is no such sheet. */
export async function moveSheetFirst(
  document: RemoteObject,
  number: number,
  session: UnoSession,
): Promise<{ moved: boolean; sheets: number }> {
  const moved = await withObject(
    session,
    await document.call(getSheets, [], session.signal),
    async sheets => {
      const names = await sheets.call(getElementNames, [], session.signal)
      const name = names[number - 1]
      if (name !== undefined && number > 1) await sheets.call(moveByName, [name, 0], session.signal)
      return { moved: name !== undefined, sheets: names.length }
    },
  )
  return moved ?? { moved: false, sheets: 0 }
}

async function turn(style: RemoteObject, session: UnoSession): Promise<void> {
  const [width, height] = [
    await getProperty(style, 'Width', session),
    await getProperty(style, 'Height', session),
  ]
  if (typeof width !== 'number' || typeof height !== 'number' || width >= height) return
  const turned = { Width: any('long', height), Height: any('long', width) }
  await setProperties(style, { IsLandscape: any('boolean', true), ...turned }, session)
}
