import { getDrawPages, getRendererCount } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'
import { onEach, property, setProperties, type Walk } from './walk.ts'

const MODEL = 'com.sun.star.frame.XModel'

/** How many pages a document prints; slides with those that are hidden. A text or spreadsheet is laid out for this. */
export async function countPrinted(document: RemoteObject, { signal }: Walk): Promise<number> {
  const selection = { type: MODEL, value: await document.reference(MODEL) }
  return document.call(getRendererCount, [selection, []], signal)
}

/** The numbers, from 1, of the slides that are not hidden, and how many are. */
export async function visibleSlides(
  document: RemoteObject,
  walk: Walk,
): Promise<{ visible: number[]; hidden: number }> {
  const visible: number[] = []
  let hidden = 0
  await onEach(walk, await document.call(getDrawPages, [], walk.signal), async (slide, index) => {
    if ((await property(slide, 'Visible', walk)) === false) hidden++
    else visible.push(index + 1)
    return null
  })
  return { visible, hidden }
}

/** Hides all slides but those of these numbers, from 1, which are shown. */
export async function showAlone(
  document: RemoteObject,
  numbers: ReadonlySet<number>,
  walk: Walk,
): Promise<void> {
  await onEach(walk, await document.call(getDrawPages, [], walk.signal), async (slide, index) => {
    await setProperties(slide, { Visible: any('boolean', numbers.has(index + 1)) }, walk)
    return null
  })
}
