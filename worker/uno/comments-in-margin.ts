import { createInstance } from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'

/** `com.sun.star.text.NotePrintMode` */
const NOT = 0

/**
 * Prints a text without its comments. This LibreOffice prints them in the margin unless the text turns it off: see
 * `sandbox/profile.ts`.
 */
export async function printNoComments(text: RemoteObject, session: UnoSession): Promise<void> {
  const service = 'com.sun.star.document.Settings'
  await withObject(session, await text.call(createInstance, [service], session.signal), async settings => {
    await setProperties(settings, { PrintAnnotationMode: any('short', NOT) }, session)
    return null
  })
}
