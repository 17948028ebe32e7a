import { getTextFields, refresh } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { on, type Walk } from './walk.ts'

/** Has a text's fields show what they are to show now, as printing does: a text that a condition hides above all. */
export async function refreshFields(text: RemoteObject, walk: Walk): Promise<void> {
  await on(walk, await text.call(getTextFields, [], walk.signal), async fields => {
    await fields.call(refresh, [], walk.signal)
    return null
  })
}
