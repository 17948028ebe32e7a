import { getByIndex, getCount, getDrawPages, getRendererCount } from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { on, property, type Walk } from './walk.ts'

const MODEL = 'com.sun.star.frame.XModel'

/** How many pages a document prints; slides with those that are hidden. A text or spreadsheet is laid out for this. */
export async function countPrinted(document: RemoteObject, { signal }: Walk): Promise<number> {
  const selection = { type: MODEL, value: await document.reference(MODEL) }
  return document.call(getRendererCount, [selection, []], signal)
}

/** The numbers, from 1, of the slides that are not hidden. */
export async function visibleSlides(document: RemoteObject, walk: Walk): Promise<number[]> {
  const visible = await on(walk, await document.call(getDrawPages, [], walk.signal), async slides => {
    const numbers: number[] = []
    const count = await slides.call(getCount, [], walk.signal)
    for (let index = 0; index < count; index++)
      await on(walk, referenceIn(await slides.call(getByIndex, [index], walk.signal)), async slide => {
        if ((await property(slide, 'Visible', walk)) !== false) numbers.push(index + 1)
        return null
      })
    return numbers
  })
  return visible ?? []
}
