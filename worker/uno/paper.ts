import { getByName, getElementNames, getStyleFamilies } from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** Does something with the page styles of a text or spreadsheet, which are found by their names. */
export async function withPageStyles<T>(
  document: RemoteObject,
  walk: Walk,
  step: (styles: RemoteObject) => Promise<T>,
): Promise<T | null> {
  return on(walk, await document.call(getStyleFamilies, [], walk.signal), async families =>
    on(walk, referenceIn(await families.call(getByName, ['PageStyles'], walk.signal)), step),
  )
}

/** Does something to each page style of a text or spreadsheet. */
export async function onPageStyles(
  document: RemoteObject,
  walk: Walk,
  step: (style: RemoteObject) => Promise<void>,
): Promise<void> {
  await withPageStyles(document, walk, async styles => {
    for (const name of await styles.call(getElementNames, [], walk.signal))
      await on(walk, referenceIn(await styles.call(getByName, [name], walk.signal)), async style => {
        await step(style)
        return null
      })
    return null
  })
}

/** Prints a text or spreadsheet on this paper, upright. Sides in hundredths of a millimetre. */
export function setPaper(
  document: RemoteObject,
  [short, long]: readonly [number, number],
  walk: Walk,
): Promise<void> {
  const sides = { Width: any('long', short), Height: any('long', long) }
  return onPageStyles(document, walk, style =>
    setProperties(style, { IsLandscape: any('boolean', false), ...sides }, walk),
  )
}
