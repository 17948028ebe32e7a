import { getTextFields, refresh } from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'

/** Updates the fields of a text, as printing does, above all those that hide text by a condition. */
export async function refreshFields(text: RemoteObject, session: UnoSession): Promise<void> {
  await withObject(session, await text.call(getTextFields, [], session.signal), async fields => {
    await fields.call(refresh, [], session.signal)
    return null
  })
}
