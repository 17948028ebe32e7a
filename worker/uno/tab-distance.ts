import { createInstance } from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'

/**
 * The distance of tab stops in Korean Word where a document does not set it: 40 points, in hundredths of a millimetre.
 */
const KOREAN = 1411

/** Sets the default tab stops of a text. */
export async function setKoreanTabs(text: RemoteObject, session: UnoSession): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], session.signal)
  await withObject(session, defaults, async all => {
    await setProperties(all, { TabStopDistance: any('long', KOREAN) }, session)
    return null
  })
}
