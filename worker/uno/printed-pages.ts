import { getByIndex, getCount, getDrawPages, getRendererCount, removePage } from './methods.ts'
import { getProperty, setProperties, type UnoSession, withEach, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'

const MODEL = 'com.sun.star.frame.XModel'

/** The number of printed pages of a document, including hidden slides. This lays a text or spreadsheet out. */
export async function countPrinted(document: RemoteObject, { signal }: UnoSession): Promise<number> {
  const selection = { type: MODEL, value: await document.reference(MODEL) }
  return document.call(getRendererCount, [selection, []], signal)
}

/** The numbers, from 1, of the visible slides, and the count of hidden ones. */
export async function visibleSlides(
  document: RemoteObject,
  session: UnoSession,
): Promise<{ visible: number[]; hidden: number }> {
  const visible: number[] = []
  let hidden = 0
  await withEach(session, await document.call(getDrawPages, [], session.signal), async (slide, index) => {
    if ((await getProperty(slide, 'Visible', session)) === false) hidden++
    else visible.push(index + 1)
    return null
  })
  return { visible, hidden }
}

/**
 * Removes the last pages of a drawing with this page count. False where it has another count, or no page would remain.
 */
export async function removeLastPages(
  drawing: RemoteObject,
  { count, removed }: { count: number; removed: number },
  session: UnoSession,
): Promise<boolean> {
  const { signal } = session
  const isDone = await withObject(session, await drawing.call(getDrawPages, [], signal), async pages => {
    if ((await pages.call(getCount, [], signal)) !== count || removed >= count) return false
    for (let index = count - 1; index >= count - removed; index--) {
      const page = referenceIn(await pages.call(getByIndex, [index], signal))
      await pages.call(removePage, [page], signal)
      if (page) session.bridge.release([page])
    }
    return true
  })
  return isDone ?? false
}

/** Hides all slides except those with these numbers, from 1, which are shown. */
export async function showAlone(
  document: RemoteObject,
  numbers: ReadonlySet<number>,
  session: UnoSession,
): Promise<void> {
  await withEach(session, await document.call(getDrawPages, [], session.signal), async (slide, index) => {
    await setProperties(slide, { Visible: any('boolean', numbers.has(index + 1)) }, session)
    return null
  })
}
