import { createInstance } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** How far apart Word for Korean has tab stops where a document does not say: 40 points, in hundredths of a millimetre. */
const KOREAN = 1411

/** Sets the tab stops that a text has everywhere. */
export async function setKoreanTabs(text: RemoteObject, walk: Walk): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], walk.signal)
  await on(walk, defaults, async all => {
    await setProperties(all, { TabStopDistance: any('long', KOREAN) }, walk)
    return null
  })
}
