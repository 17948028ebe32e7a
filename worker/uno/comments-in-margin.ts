import { createInstance } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** `com.sun.star.text.NotePrintMode` */
const NOT = 0

/**
 * Prints a text without its comments. Our LibreOffice prints them in the margin unless the text says otherwise: see
 * `sandbox/profile.ts`.
 */
export async function printNoComments(text: RemoteObject, walk: Walk): Promise<void> {
  const service = 'com.sun.star.document.Settings'
  await on(walk, await text.call(createInstance, [service], walk.signal), async settings => {
    await setProperties(settings, { PrintAnnotationMode: any('short', NOT) }, walk)
    return null
  })
}
