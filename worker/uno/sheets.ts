import {
  getByName,
  getElementNames,
  getSheets,
  getStyleFamilies,
  moveByName,
  setPropertyValue,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'
import { on, property, type Walk } from './walk.ts'

export interface SheetPaper {
  /** Shrinks until all columns fit on one page; it becomes as many pages long as it needs. */
  fitToWidth: boolean
  landscape: boolean
}

/** Changes the paper of all sheets, which lies in their page styles. */
export async function setSheetPaper(
  document: RemoteObject,
  { fitToWidth, landscape }: SheetPaper,
  walk: Walk,
): Promise<void> {
  await on(walk, await document.call(getStyleFamilies, [], walk.signal), async families =>
    on(walk, referenceIn(await families.call(getByName, ['PageStyles'], walk.signal)), async styles => {
      for (const name of await styles.call(getElementNames, [], walk.signal))
        await on(walk, referenceIn(await styles.call(getByName, [name], walk.signal)), async style => {
          if (landscape) await turn(style, walk)
          if (fitToWidth)
            await set(style, { ScaleToPagesX: any('short', 1), ScaleToPagesY: any('short', 0) }, walk)
          return null
        })
      return null
    }),
  )
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
  await set(style, { IsLandscape: any('boolean', true), ...turned }, walk)
}

async function set(
  object: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  { signal }: Walk,
): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await object.call(setPropertyValue, [name, value], signal)
}
